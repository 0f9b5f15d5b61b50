"""What recognition costs: its stages, formats, growth and memory, and the same PDF read by its peers.

Run from the repository: `python -m benchmarks.recognition [--pages 20] [--rounds 5] [--long 1000] [--alone]`. Scans are
made by the simulator from practice kits. CPU is that of one core at steady state, imports excluded. The peers get an
environment of their own (.venv/peers) at the first run; poppler and AMC come from the distribution
(`apt-get install poppler-utils auto-multiple-choice`). `--alone` leaves them out.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import cv2
from rich.console import Console
from rich.table import Table

from benchmarks.recognition.cpu import spent_ms
from benchmarks.recognition.peers.side_by_side import side_by_side
from benchmarks.recognition.pool import growth, rate
from benchmarks.recognition.scans import make_scan
from benchmarks.recognition.stages import formats, half_decode, stages, whole

OURS, FLOOR = "Апробот, whole checker", "OpenCV's half-size decode alone"
FIRST_PAGES = 10


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=20)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--long", type=int, default=1000, help="pages over which cost and memory are watched")
    arguments.add_argument("--alone", action="store_true", help="without the peers")
    asked = arguments.parse_args()
    cv2.setNumThreads(1)
    console = Console()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scan = make_scan(folder / "many", asked.pages)
        if not asked.alone:
            console.print(peers_table(scan, asked.pages, asked.rounds))
        console.print(stages_table(scan, asked.pages))
        console.print(formats_table(folder, min(asked.pages, 8)))
        console.print(pool_table(scan, make_scan(folder / "one", 1)))
        console.print(growth_table(make_scan(folder / "ten", FIRST_PAGES), asked.long))


def peers_table(scan: Path, pages: int, rounds: int) -> Table:
    """Everybody on one PDF in one run, as ratios."""
    own = {FLOOR: passes(half_decode(scan), pages), OURS: passes(whole(scan), pages)}
    found = side_by_side(scan, own, rounds)
    by_name = {one.name: one.median_ms for one in found if one.cpu_ms}
    table = Table(f"{pages} pages, 300 dpi grey JPEG in PDF", "CPU ms a page", "× ours", "× half decode", "pages read")
    for one in found:
        if one.missing or not one.cpu_ms:
            table.add_row(one.name, "-", "-", "-", one.missing)
            continue
        ratios = (f"{one.median_ms / by_name[other]:.2f}" for other in (OURS, FLOOR))
        table.add_row(one.name, f"{one.median_ms / pages:.1f}", *ratios, "" if one.read is None else str(one.read))
    return table


def passes(work: Callable[[int], object], pages: int) -> Callable[[], float]:
    """CPU ms of one pass over all pages."""

    def once() -> float:
        start = spent_ms()
        for page in range(pages):
            work(page)
        return spent_ms() - start

    return once


def stages_table(scan: Path, pages: int) -> Table:
    table = Table("CPU ms a page, 300 dpi grey JPEG in PDF", "median", "mean")
    for name, measured in stages(scan, pages).items():
        table.add_row(name, f"{measured.median:.1f}", f"{measured.mean:.1f}")
    return table


def formats_table(folder: Path, pages: int) -> Table:
    table = Table("whole page", "dpi", "CPU ms, median", "mean")
    for name, dpi, measured in formats(folder, pages):
        table.add_row(name, str(dpi), f"{measured.median:.1f}", f"{measured.mean:.1f}")
    return table


def pool_table(scan: Path, one: Path) -> Table:
    table = Table("workers", "pages/s", "× one worker", "many pages: s to the report", "1 page: s to the report")
    rates = [asyncio.run(rate(scan, workers)) for workers in (1, 2)]
    for workers, measured in enumerate(rates, 1):
        single = asyncio.run(rate(one, workers)).alone_s
        gain = measured.pages_s / rates[0].pages_s
        table.add_row(
            str(workers), f"{measured.pages_s:.0f}", f"{gain:.2f}", f"{measured.alone_s:.2f}", f"{single:.3f}"
        )
    return table


def growth_table(scan: Path, pages: int) -> Table:
    table = Table("pages so far", "CPU ms a page since", "× first", "parent, MB")
    rows = asyncio.run(growth(scan, sorted({FIRST_PAGES, max(FIRST_PAGES, pages // 10), max(FIRST_PAGES, pages)})))
    for row in rows:
        against_first = row.cpu_ms / rows[0].cpu_ms
        table.add_row(str(row.pages), f"{row.cpu_ms:.1f}", f"{against_first:.2f}", f"{row.parent_mb:.0f}")
    return table


if __name__ == "__main__":
    main()
