"""Runs every hostile file through the pool and prints what came of it: `python -m tests.recognition.hostile`."""

import asyncio
import resource
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path

from rich.console import Console

from recognition.pool import Pool
from recognition.report import FileReport
from tests.recognition.drawn import PRACTICE
from tests.recognition.hostile import hostile_files
from tests.recognition.hostile.made import READ


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def answer(report: FileReport) -> str:
    return READ if report.error is None else report.error.value


async def main() -> None:
    pool = Pool(1)
    await pool.start()
    rows: list[tuple[str, str, str, float, bool]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        before = 0.0
        for family, hostile in hostile_files():
            path.write_bytes(hostile.data)
            before = before or resident_mb()
            start = time.perf_counter()
            report = await pool.check(path, PRACTICE, event="TEST", pictures=2)
            rows.append(
                (family, hostile.name, answer(report), time.perf_counter() - start, answer(report) in hostile.answers)
            )
    await pool.close()
    tell = partial(Console().print, markup=False, highlight=False, soft_wrap=True)
    for family, name, said, seconds, right in rows:
        tell(f"{family:20}  {name:28}  {said:24} {seconds:6.2f} s{'' if right else '  <-- not expected'}")
    counted = ", ".join(f"{said} {count}" for said, count in Counter(row[2] for row in rows).most_common())
    slowest = max(rows, key=lambda row: row[3])
    tell(f"{len(rows)} files: {counted}")
    tell(f"not expected: {sum(not row[4] for row in rows)}; slowest: {slowest[1]}, {slowest[3]:.1f} s")
    tell(f"memory of the parent: {before:.0f} MB before, {resident_mb():.0f} MB after")


if __name__ == "__main__":
    asyncio.run(main())
