"""`aprobot events`: events, their colleges and their materials."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from services.texts import Texts, load_texts

if TYPE_CHECKING:
    from bot.cli.local import Local
    from services.events.read_materials import ReadMaterial

texts = load_texts("ru")
app = typer.Typer(help=texts("cli.events"), no_args_is_help=True)

FAILED, WRONG_USAGE = 1, 2


@app.callback()
def events() -> None:
    """Keeps `load` a command of its own: typer would otherwise make the only command the group itself."""


@app.command("load", help=texts("cli.events.load"))
def load(file: Path = typer.Argument(help=texts("cli.events.load.file"))) -> None:
    from services.events.read_event_file import EventFileFault

    try:
        asyncio.run(load_file(file, texts))
    except EventFileFault as fault:
        sys.stderr.write(fault_sentence(file, fault.what, fault.place, fault.line, fault.values) + "\n")
        raise typer.Exit(WRONG_USAGE) from None


async def load_file(path: Path, texts: Texts) -> None:
    """Proves the file and stores its materials first; the database is touched once, at the end, in one transaction."""
    from bot.cli.local import local
    from services.db.clock import Clock
    from services.events.load_event import LoadEvent, form_of, store_materials
    from services.events.read_event_file import read_event_file

    file = read_event_file(path)
    form = form_of(file.event.form, path)
    async with local() as here:
        stored = await store_materials(file, path, here.files, texts("events.kits_title"))
        async with here.database.transaction() as session:
            loaded = await LoadEvent(session, Clock())(file, form, stored)
        read = await read_kits(here, loaded.code) if any(part.college for part in stored) else []
    key = "events.loaded" if loaded.is_new else "events.updated"
    parts = texts.n("events.colleges", loaded.colleges), texts.n("events.materials", loaded.materials)
    typer.echo(texts(key, code=loaded.code, colleges=parts[0], materials=parts[1]))
    for line, is_fault in kits_lines(read, texts):
        typer.echo(line, err=is_fault)
    if any(is_fault for _, is_fault in kits_lines(read, texts)):
        raise typer.Exit(FAILED)


async def read_kits(here: "Local", code: str) -> "list[ReadMaterial]":
    """The numbers of the colleges' kits, by recognition."""
    from recognition.pool import Pool
    from services.db.clock import Clock
    from services.events.read_materials import ReadMaterials

    pool = Pool(1)
    try:
        await pool.start()
        return await ReadMaterials(here.database, Clock(), here.files, pool)(code)
    finally:
        await pool.close()


def kits_lines(read: "list[ReadMaterial]", texts: Texts) -> list[tuple[str, bool]]:
    """What each file gave, plain; True beside a file of which nothing was taken."""
    from services.kits.issued import Unfit
    from services.kits.issued_screens import fault, fault_title, numbers, remarks
    from services.telegram.plain import plain

    said = []
    for one in read:
        reading = one.reading
        if isinstance(reading, Unfit):
            words = [fault_title(texts, reading), fault(texts, reading)]
        else:
            words = [texts.n("print.read", len(reading.numbers)), numbers(texts, reading), *remarks(texts, reading)]
        line = texts("events.kits", college=one.college, file=one.file_name, words=" ".join(map(plain, words)))
        said.append((line, isinstance(reading, Unfit)))
    return said


def fault_sentence(file: Path, what: str, place: str, line: int, values: dict[str, object]) -> str:
    """One sentence: where in the file, and what to write there."""
    where = texts("events.file.line", file=file.name, line=line) if line else texts("events.file.whole", file=file.name)
    key = texts("events.file.key", place=place) if place else ""
    fault = texts(f"events.form.{values['fault']}") if "fault" in values else ""
    return where + key + texts(f"events.file.{what}", **{**values, "fault": fault})
