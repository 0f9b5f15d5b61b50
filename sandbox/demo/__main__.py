"""`python -m sandbox.demo`: the demo in the browser, or a story played by itself."""

import argparse
import asyncio
import errno
import json
import signal
import sys
import tempfile
from pathlib import Path

from sandbox.demo.commands import CommandFailedError
from sandbox.demo.opened import let_in, opened
from sandbox.demo.stage import KITS, LATER, fill_shelf
from sandbox.nursery import Nursery
from sandbox.page.catalogue import say
from sandbox.play.plays import MAIN_JOB, PLAYS, PRINTED

PORT = 8081
FAILED = 1
BUSY = {errno.EADDRINUSE, errno.EACCES}


def main() -> int:
    asked = arguments()
    try:
        with tempfile.TemporaryDirectory(prefix="aprobot-demo-") as folder:
            return asyncio.run(play(asked, Path(folder)) if asked.play else show(asked, Path(folder)))
    except CommandFailedError as fault:
        tell(str(fault))
    except OSError as fault:
        if fault.errno in BUSY:
            tell(say("demo.busy", port=asked.port or PORT))
        else:
            tell(say("demo.system", why=fault.strerror or "", place=fault.filename or ""))
    return FAILED


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run demo", description=say("demo.about"))
    parser.add_argument("--port", type=int, help=say("demo.port", port=PORT))
    parser.add_argument("--play", choices=sorted(PLAYS), help=say("demo.play"))
    parser.add_argument("--json", action="store_true", help=say("demo.json"))
    parser.add_argument("--without-kit", type=int, metavar="K", help=say("demo.without_kit"))
    parser.add_argument("--webhook", action="store_true", help=say("demo.webhook"))
    asked = parser.parse_args()
    if asked.without_kit is not None and (asked.play != MAIN_JOB or not 1 <= asked.without_kit <= KITS):
        parser.error(say("demo.kit_out_of_range", most=KITS))
    return asked


async def show(asked: argparse.Namespace, folder: Path) -> int:
    """The demo until Ctrl+C, or until the bot dies."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    nursery = Nursery()
    port = PORT if asked.port is None else asked.port
    async with opened(folder, port, webhook=asked.webhook, on_page=tell_page) as stage:
        tell(say("demo.ready"))
        nursery.start(let_in(stage, LATER))
        nursery.start(fill_shelf(stage))
        nursery.start(stop_with(stage.bot.process, stop))
        await stop.wait()
        await nursery.close()
        died = stage.bot.process.returncode is not None
    return FAILED if died else 0


def tell_page(url: str) -> None:
    tell(say("demo.page", url=url))


async def stop_with(process: asyncio.subprocess.Process, stop: asyncio.Event) -> None:
    await process.wait()
    tell(say("demo.bot_died"))
    stop.set()


async def play(asked: argparse.Namespace, folder: Path) -> int:
    """A story. Its transcript goes to standard error; with --json standard output gets one object alone."""
    printed = PRINTED.get(asked.play, KITS)
    async with opened(folder, asked.port or 0, webhook=asked.webhook, printed=printed) as stage:
        options = {"without_kit": asked.without_kit} if asked.play == MAIN_JOB else {}
        outcome = await PLAYS[asked.play](stage, tell, **options)
    if asked.json:
        sys.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False) + "\n")
    return 0 if outcome.good else FAILED


def tell(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
