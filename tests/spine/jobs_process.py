"""A process that works on jobs until it is stopped: `python -m tests.spine.jobs_process URL FILE SECONDS`.

The one kind of job notes its beginning in FILE, takes SECONDS, and notes its end.
"""

import asyncio
import signal
import sys
from pathlib import Path

from services.db.database import Database, make_engine
from services.db.slot import slot_on
from services.jobs.engine import JobEngine, Kind

DRAIN_S = 3


async def main(url: str, file: Path, seconds: float) -> None:
    async def work(number: int) -> None:
        note(file, f"begin {number}")
        await asyncio.sleep(seconds)
        note(file, f"end {number}")

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    slot = slot_on(url)
    await slot.take()
    database = Database(make_engine(url))
    engine = JobEngine(url, database, slot)
    await engine.start({"work": Kind(work, "small")}, {"small": 4})
    note(file, f"ready {slot.name}")
    while not stop.is_set():
        await engine.take_over()
        await asyncio.sleep(0.2)
    await engine.drain(DRAIN_S)
    await engine.close()
    await database.engine.dispose()
    await slot.release()


def note(file: Path, line: str) -> None:
    with file.open("a") as opened:
        opened.write(line + "\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])))
