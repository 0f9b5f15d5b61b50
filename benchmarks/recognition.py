"""What recognition costs: CPU a page, its stages, pages a second by workers, memory of the parent.

Run from the repository: `python -m benchmarks.recognition [--pages 40] [--long 1000]`. Scans are made by the simulator
from practice kits: 300 dpi, grey, JPEG in PDF. CPU times are those of one process at steady state.
"""

import argparse
import asyncio
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from recognition.files.open_file import open_file
from recognition.form import practice_form
from recognition.geometry.frame import frame_of, work_copy
from recognition.pages.check import check_page
from recognition.pool import Pool
from recognition.simulator import FileFormat, ScanSettings, scan_pages, write_scans
from recognition.symbols.reading import read
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts

FORM = practice_form(4)
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of CPU a page."""

    median: float
    mean: float


def make_scan(folder: Path, pages: int, dpi: int = 300) -> Path:
    """A PDF of so many scanned pages."""
    press = MakeKits(load_texts("ru"))
    kits = press(KitOrder(kits=-(-pages // 4), pages=4, event="BENCH", seed=1))
    scans = (page for page, _ in zip(scan_pages(kits, ScanSettings(dpi=dpi, form=FORM)), range(pages), strict=False))
    for _ in write_scans(scans, folder, FileFormat.PDF):
        pass
    (made,) = folder.glob("*.pdf")
    return made


def cost(work: Callable[[int], object], pages: int) -> Cost:
    """CPU of `work(page)` over all pages, the first round left out as warming up."""
    spent: list[float] = []
    for round_number in range(ROUNDS + 1):
        for page in range(pages):
            start = time.process_time()
            work(page)
            if round_number:
                spent.append((time.process_time() - start) * 1000)
    return Cost(statistics.median(spent), statistics.fmean(spent))


def stages(scan: Path, pages: int) -> dict[str, Cost]:
    """Cumulative steps of one page, each measured on its own."""
    file = open_file(scan)
    decoded = [file.page(page) for page in range(pages)]
    copies = [work_copy(raster, frame_of(raster, FORM.paper), FORM.paper) for raster in decoded]

    def decode(page: int) -> None:
        raster = file.page(page)
        work_copy(raster, frame_of(raster, FORM.paper), FORM.paper)

    return {
        "take the scan out of the PDF": cost(file.page, pages),
        "take out and decode": cost(decode, pages),
        "read symbols": cost(lambda page: read(copies[page].gray), pages),
        "symbols, places, squares, light, verdict": cost(lambda page: check_page(page, decoded[page], FORM), pages),
        "whole page": cost(lambda page: check_page(page, file.page(page), FORM), pages),
    }


async def throughput(scan: Path, workers: int, files: int) -> tuple[float, float]:
    """Pages a second, and seconds from the call to the report of one file alone."""
    pool = Pool(workers)
    await pool.start()
    try:
        await pool.check(scan, FORM, event=None)
        start = time.perf_counter()
        alone = await pool.check(scan, FORM, event=None)
        single = time.perf_counter() - start
        start = time.perf_counter()
        await asyncio.gather(*(pool.check(scan, FORM, event=None) for _ in range(files)))
        return files * len(alone.pages) / (time.perf_counter() - start), single
    finally:
        await pool.close()


async def parent_memory(scan: Path, pages: int) -> tuple[float, float]:
    """The parent's resident MB before and after so many pages."""
    pool = Pool(2)
    await pool.start()
    try:
        first = await pool.check(scan, FORM, event=None)
        before = resident_mb()
        for _ in range(max(1, pages // len(first.pages))):
            await pool.check(scan, FORM, event=None, pictures=2)
        return before, resident_mb()
    finally:
        await pool.close()


def resident_mb() -> float:
    """Resident memory of this process, now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=20)
    arguments.add_argument("--long", type=int, default=1000, help="pages after which the parent's memory is read")
    asked = arguments.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        scan = make_scan(Path(folder) / "many", asked.pages)
        one = make_scan(Path(folder) / "one", 1)
        table = Table("CPU ms a page, 300 dpi grey JPEG in PDF", "median", "mean")
        for name, measured in stages(scan, asked.pages).items():
            table.add_row(name, f"{measured.median:.1f}", f"{measured.mean:.1f}")
        console.print(table)
        table = Table("workers", "pages/s", f"{asked.pages} pages: s to the report", "1 page: s to the report")
        for workers in (1, 2):
            rate, many = asyncio.run(throughput(scan, workers, 6))
            _, single = asyncio.run(throughput(one, workers, 6))
            table.add_row(str(workers), f"{rate:.0f}", f"{many:.2f}", f"{single:.3f}")
        console.print(table)
        before, after = asyncio.run(parent_memory(scan, asked.long))
        table = Table("parent's memory, MB", "first file", f"after {asked.long} pages")
        table.add_row("resident", f"{before:.0f}", f"{after:.0f}")
        console.print(table)


if __name__ == "__main__":
    main()
