"""`aprobot check`: the whole rule set over files and folders, without a messenger."""

import asyncio
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.check_findings import lines
from bot.cli.check_issued import issued_kits, readable
from bot.cli.check_paths import scans_of
from bot.cli.fault import FAILED, WRONG_USAGE, Fault
from bot.cli.kits_arguments import form_of, one_of
from services.texts import load_texts

if TYPE_CHECKING:
    from recognition.form import Form
    from recognition.report import FileReport

MOST_PARTICIPANTS = 9999
_MOST_WORKERS = 4
_LEAST_EVENT, _MOST_EVENT = 2, 12

OnPage = Callable[[str, int, int], None]


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    texts = load_texts("ru")

    @app.command("check", help=texts("check.help"))
    def check(
        paths: list[Path] | None = typer.Argument(None, help=texts("check.option.paths")),
        participants: str | None = typer.Option(None, "--participants", help=texts("check.option.participants")),
        event: str | None = typer.Option(None, "--event", help=texts("check.option.event")),
        require: str = typer.Option("answer_sheet", "--require", help=texts("check.option.require")),
        form: Path | None = typer.Option(None, "--form", help=texts("check.option.form")),
        issued: list[Path] | None = typer.Option(None, "--issued", help=texts("check.option.issued")),
        as_json: bool = typer.Option(False, "--json", help=texts("check.option.json")),
    ) -> None:
        from services.submissions.check_set import REQUIREMENTS, check_set, outcome_json

        prints = readable(issued or [])
        files = [file for file in scans_of(paths or []) if file.resolve() not in prints]
        wanted = _participants(participants)
        known = one_of(require, REQUIREMENTS, "check.refused.require")
        code = _event(event)
        layout = form_of(form)
        reports, kits = _reports(files, prints, layout, code)
        outcome = check_set(reports, layout, wanted, known, kits)
        if as_json:
            typer.echo(json.dumps(outcome_json(outcome, texts), ensure_ascii=False))
        else:
            typer.echo("\n".join(lines(outcome, texts)))
        if not outcome.in_order:
            raise typer.Exit(FAILED)


def _participants(text: str | None) -> int:
    if text is None or not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_PARTICIPANTS):
        raise Fault("check.refused.participants", WRONG_USAGE, most=MOST_PARTICIPANTS)
    return int(text)


def _event(text: str | None) -> str | None:
    if text is None:
        return None
    if not (text.isascii() and text.isalnum() and _LEAST_EVENT <= len(text) <= _MOST_EVENT):
        raise Fault("check.refused.event", WRONG_USAGE)
    return text.upper()


def _reports(
    files: Sequence[Path], prints: Sequence[Path], form: "Form", event: str | None
) -> "tuple[Mapping[str, FileReport], set[str] | None]":
    with _progress(len(files)) as on_page:
        return asyncio.run(_checked(files, prints, form, event, on_page))


async def _checked(
    files: Sequence[Path], prints: Sequence[Path], form: "Form", event: str | None, on_page: OnPage
) -> "tuple[Mapping[str, FileReport], set[str] | None]":
    """All files by path in their order, as many at once as there are children; the kits given out, where files of
    them are named.
    """
    from recognition.pool import Pool
    from services.submissions.check_dirt import name_dirt
    from services.submissions.check_issued import name_unknown
    from services.submissions.check_repeats import name_repeats

    workers = min(_MOST_WORKERS, os.cpu_count() or 1)
    pool = Pool(workers)
    found: dict[str, FileReport] = {}
    waiting = iter(files)

    async def serve() -> None:
        for path in waiting:
            name = str(path)

            def tell(done: int, total: int, name: str = name) -> None:
                on_page(name, done, total)

            found[name] = await pool.check(path, form, event=event, on_page=tell)
            on_page(name, 1, 1)

    try:
        await pool.start()
        issued = await issued_kits(pool, prints, form, event) if prints else None
        async with asyncio.TaskGroup() as group:
            for _ in range(min(workers, len(files))):
                group.create_task(serve())
        reports = await name_repeats({str(path): found[str(path)] for path in files}, form, pool.compare)
        reports = name_dirt(reports)
        return (reports if issued is None else name_unknown(reports, issued)), issued
    finally:
        await pool.close()


@contextmanager
def _progress(files: int) -> Iterator[OnPage]:
    """A bar on a terminal's standard error, nothing elsewhere; it moves by pages within files."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    label = load_texts("ru")("check.progress")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[file]}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(label, total=files, file="")
        parts: dict[str, float] = {}

        def on_page(name: str, done: int, total: int) -> None:
            parts[name] = max(parts.get(name, 0.0), done / max(total, 1))
            progress.update(task, completed=round(sum(parts.values()), 1), file=f"{Path(name).name} {done}/{total}")

        yield on_page
