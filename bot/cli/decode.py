"""`aprobot decode`: the reader of symbols alone, for any picture."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from bot.cli.fault import WRONG_USAGE, Fault
from services.texts import load_texts

_STDIN = "-"


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    texts = load_texts("ru")

    @app.command("decode", help=texts("decode.help"))
    def decode(pictures: list[str] | None = typer.Argument(None, help=texts("decode.option.pictures"))) -> None:
        if not pictures:
            raise Fault("decode.refused.pictures", WRONG_USAGE)
        asyncio.run(_decode(pictures))


async def _decode(pictures: list[str]) -> None:
    """One line a picture, in order, as soon as it is known: whoever waits for it may send the next path only then."""
    from recognition.limits import DEFAULT
    from recognition.pool import Pool

    pool = Pool(1, DEFAULT)
    await pool.start()
    try:
        for name in pictures:
            for path in _lines() if name == _STDIN else iter((name,)):
                text = await pool.decode(Path(path))
                sys.stdout.buffer.write(f"{path}\t{_on_one_line(text or '')}\n".encode("utf-8", "surrogateescape"))
                sys.stdout.buffer.flush()
    finally:
        await pool.close()


def _lines() -> Iterator[str]:
    """Paths of standard input, of whatever bytes a file name is made."""
    for line in iter(sys.stdin.buffer.readline, b""):
        path = line.rstrip(b"\r\n").decode("utf-8", "surrogateescape")
        if path:
            yield path


def _on_one_line(text: str) -> str:
    """A symbol's text is a stranger's: what ends a line, moves a cursor or turns text around becomes an escape."""
    return "".join(_escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    if letter == "\\":
        return "\\\\"
    return letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode("ascii")
