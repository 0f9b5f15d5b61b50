"""The pool at work: pages a second by workers, growth with the length of a file, memory of the parent."""

import asyncio
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.recognition.scans import FORM
from recognition.pool import Pool

FILES_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Rate:
    """Pages a second over several files at once, and seconds from the call to the report of one file alone."""

    pages_s: float
    alone_s: float


@dataclass(frozen=True, slots=True)
class Growth:
    """After so many pages: CPU ms a page of the children since the last figure, and MB of the parent."""

    pages: int
    cpu_ms: float
    parent_mb: float


async def rate(scan: Path, workers: int) -> Rate:
    """Steady state: the children are warm."""
    pool = Pool(workers)
    await pool.start()
    try:
        await asyncio.gather(*(pool.check(scan, FORM, event=None) for _ in range(workers)))
        start = time.perf_counter()
        alone = await pool.check(scan, FORM, event=None)
        single = time.perf_counter() - start
        start = time.perf_counter()
        await asyncio.gather(*(pool.check(scan, FORM, event=None) for _ in range(FILES_AT_ONCE)))
        return Rate(FILES_AT_ONCE * len(alone.pages) / (time.perf_counter() - start), single)
    finally:
        await pool.close()


async def growth(scan: Path, steps: Sequence[int]) -> list[Growth]:
    """One warm child and its parent over 10, 100, … pages of the same scan."""
    pool = Pool(1)
    await pool.start()
    try:
        per_file = len((await pool.check(scan, FORM, event=None)).pages)
        rows, done = [], 0
        for pages in steps:
            start, before = children_ms(pool), done
            while done < pages:
                await pool.check(scan, FORM, event=None)
                done += per_file
            rows.append(Growth(done, (children_ms(pool) - start) / (done - before), resident_mb()))
        return rows
    finally:
        await pool.close()


def children_ms(pool: Pool) -> float:
    """CPU of the living children, ms; the kernel counts it in ns."""
    living = [worker.pid for worker in pool.workers if worker.pid]
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in living) / 1e6


def resident_mb() -> float:
    """Resident memory of this process, now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6
