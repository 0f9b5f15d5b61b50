"""How long a technician waits: from the last byte of a file to the first word, and to the verdict.

`python -m benchmarks.verdict`: the demo's own processes over the wire; 300 dpi grey. The verdict comes after
3 s of quiet by design, because an album has no end; the table shows what the wait is beyond that.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from sandbox.client import Message, Person
from sandbox.demo.opened import OpenedStage, opened
from sandbox.demo.stage import KITS, PAGES, SEED

QUIET_S = 3.0
WITHIN_S = 120.0


async def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder), 0) as stage:
            technician = await stage.messenger.with_role("technician")
            print("| file | first word, s | verdict, s | beyond the quiet, s |")
            print("|---|---|---|---|")
            for name, file_format in (("1 page, JPEG", "jpg"), (f"{KITS * PAGES} pages, one PDF", "pdf")):
                waits = [await wait(technician, await scan(stage, file_format, turn)) for turn in range(rounds)]
                first, verdict = (statistics.median(column) for column in zip(*waits, strict=True))
                print(f"| {name} | {first:.2f} | {verdict:.2f} | {verdict - QUIET_S:.2f} |")


async def scan(stage: OpenedStage, file_format: str, turn: int) -> Path:
    """A file that the bot has not seen yet."""
    out = stage.folder / f"{file_format}-{turn}"
    await stage.product.run(
        *("kits", "scan", str(stage.kits), "--out", str(out), "--format", file_format),
        *("--dpi", "300", "--seed", str(SEED + turn)),
    )
    return min(out.iterdir())


async def wait(technician: Person, path: Path) -> tuple[float, float]:
    await technician.sends([path])
    sent = time.monotonic()
    await technician.waits_for(lambda message: message.from_bot, WITHIN_S)
    first = time.monotonic()
    await technician.waits_for(is_verdict, WITHIN_S)
    return first - sent, time.monotonic() - sent


def is_verdict(message: Message) -> bool:
    return message.from_bot and bool(message.labels()) and message.edit_date is None


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    asyncio.run(main(parser.parse_args().rounds))
