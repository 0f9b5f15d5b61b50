"""``python -m sandbox``: the messenger as a process of its own, on loopback."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from sandbox.page.catalogue import say
from sandbox.server import running
from sandbox.state.people import People, Person


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=say("cli.about"))
    parser.add_argument("--port", type=int, default=8081, help=say("cli.port"))
    parser.add_argument("--people", type=Path, help=say("cli.people"))
    parser.add_argument("--shelf", type=Path, help=say("cli.shelf"))
    parser.add_argument("--no-limits", action="store_true", help=say("cli.no_limits"))
    return parser.parse_args()


def read_people(path: Path | None) -> list[Person] | None:
    """Exits with 2 and one sentence when the file is not a list of people."""
    if path is None:
        return None
    try:
        return People.parse(json.loads(path.read_text("utf-8"))).all()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        sys.stderr.write(say("cli.wrong_people", path=path) + "\n")
        raise SystemExit(2) from None


async def serve(port: int, people: list[Person] | None, shelf: Path | None, *, limits: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(port, people, limits=limits, shelf=shelf) as sandbox:
        sys.stdout.write(sandbox.url + "\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> int:
    asked = arguments()
    if asked.shelf and not asked.shelf.is_dir():
        sys.stderr.write(say("cli.no_shelf", path=asked.shelf) + "\n")
        return 2
    people = read_people(asked.people)
    try:
        asyncio.run(serve(asked.port, people, asked.shelf, limits=not asked.no_limits))
    except (OSError, OverflowError):
        sys.stderr.write(say("cli.busy", port=asked.port) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
