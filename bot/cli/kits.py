"""`aprobot kits`: practice kits, and their printing and scanning by simulation."""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.fault import FAILED, WRONG_USAGE, Fault
from bot.cli.kits_arguments import defects_of, form_of, given, one_of, pdf_of, rotations_of, share_of, whole
from services.texts import load_texts

if TYPE_CHECKING:
    from recognition.form import Form
    from recognition.simulator import FileFormat, ScanRun, ScanSettings
    from recognition.simulator.defects import Range

texts = load_texts("ru")
app = typer.Typer(help=texts("kits.help"), no_args_is_help=True)

_PAGES_FOR_SECOND_PROCESS = 8
"""Starting a process costs about as much as this many pages."""


def option(name: str, default: str | None = None, about: str = "") -> Any:
    """An option as text: its value is proved by us, so that a refusal is one sentence of the catalogue."""
    explained = texts(f"kits.option.{about or name}")
    return typer.Option(default, f"--{name}", help=explained, show_default=default is not None)


@app.command("make", help=texts("kits.make.help"))
def make(
    kits: str | None = option("kits"),
    pages: str | None = option("pages"),
    event: str | None = option("event"),
    seed: str | None = option("seed"),
    out: Path | None = option("out"),
    form: Path | None = option("form"),
) -> None:
    from services.practice.make_kits import MakeKits
    from services.practice.order import DEFAULT_EVENT, MOST_KITS, MOST_PAGES, KitOrder, OrderRefusedError

    path = given(out, "--out")
    if path.is_dir():
        raise Fault("kits.refused.out_is_folder", WRONG_USAGE, path=path)
    if form is not None:
        make_on(form_of(form), path, kits, event, seed)
        return
    try:
        order = KitOrder(
            kits=whole(given(kits, "--kits"), "kits.refused.kits", most=MOST_KITS),
            pages=whole(given(pages, "--pages"), "kits.refused.pages", most=MOST_PAGES),
            event=DEFAULT_EVENT if event is None else event,
            seed=None if seed is None else whole(seed, "kits.refused.seed"),
        )
    except OrderRefusedError as refused:
        raise Fault(refused.key, WRONG_USAGE, **refused.values) from None
    put(path, MakeKits(texts)(order))
    counted = {"kits": texts.n("count.kits", order.kits), "pages": texts.n("count.pages", order.kits * order.pages)}
    typer.echo(texts("kits.made", path=path, **counted))
    typer.echo(texts("kits.made_next"))


def make_on(form: "Form", path: Path, kits: str | None, event: str | None, seed: str | None) -> None:
    """Practice kits on another form, as long as the form says."""
    from services.practice.make_on_form import make_on_form
    from services.practice.order import DEFAULT_EVENT, MOST_KITS, OrderRefusedError

    count = whole(given(kits, "--kits"), "kits.refused.kits", most=MOST_KITS)
    if not 1 <= count <= MOST_KITS:
        raise Fault("kits.refused.kits", WRONG_USAGE, most=MOST_KITS)
    drawn_by = None if seed is None else whole(seed, "kits.refused.seed")
    try:
        pdf = make_on_form(form, texts, kits=count, event=event or DEFAULT_EVENT, seed=drawn_by)
    except OrderRefusedError as refused:
        raise Fault(refused.key, WRONG_USAGE, **refused.values) from None
    put(path, pdf)
    counted = {"kits": texts.n("count.kits", count), "pages": texts.n("count.pages", count * form.pages)}
    typer.echo(texts("kits.made", path=path, **counted))
    typer.echo(texts("forms.made_not_official"))


@app.command("scan", help=texts("kits.scan.help"))
def scan(
    pdf: Path | None = typer.Argument(None, metavar="KITS.PDF", help=texts("kits.option.pdf")),
    out: Path | None = option("out", about="out_folder"),
    dpi: str = option("dpi", "300"),
    mode: str = option("mode", "grey"),
    file_format: str = option("format", "jpg"),
    defects: str = option("defects", "none"),
    share: str | None = option("share"),
    rotate: str = option("rotate", "0"),
    form: Path | None = option("form"),
    seed: str = option("seed", "0"),
    hand: str | None = option("hand"),
    blank: bool = typer.Option(False, "--blank", help=texts("kits.option.blank")),
    truth: Path | None = option("truth"),
) -> None:
    from recognition.simulator import FileFormat, Mode, ScanSettings
    from recognition.simulator.settings import LEAST_DPI, MOST_DPI

    if defects == "list":
        typer.echo("\n".join(defect_lines()))
        return
    wanted = FileFormat(one_of(file_format, FileFormat, "kits.refused.format"))
    resolution = whole(dpi, "kits.refused.dpi", least=LEAST_DPI, most=MOST_DPI)
    if not LEAST_DPI <= resolution <= MOST_DPI:
        raise Fault("kits.refused.dpi", WRONG_USAGE, least=LEAST_DPI, most=MOST_DPI)
    settings = ScanSettings(
        dpi=resolution,
        mode=Mode(one_of(mode, Mode, "kits.refused.mode")),
        defects=defects_of(defects),
        share=share_of(share, defects),
        seed=whole(seed, "kits.refused.seed"),
        rotations=rotations_of(rotate),
        form=form_of(form),
        hand=None if hand is None else whole(hand, "kits.refused.hand"),
        empty=blank,
    )
    if settings.mode is Mode.BILEVEL and wanted is FileFormat.JPG:
        raise Fault("kits.refused.bilevel_jpg", WRONG_USAGE)
    run_scan(given(pdf, "KITS.PDF"), given(out, "--out"), settings, wanted, truth)


def run_scan(pdf: Path, out: Path, settings: "ScanSettings", wanted: "FileFormat", truth: Path | None) -> None:
    """Scans the whole PDF into the folder and writes the truth beside."""
    from recognition.simulator import ScanRun, write_scans

    if out.exists() and not out.is_dir():
        raise Fault("kits.refused.out_is_file", WRONG_USAGE, path=out)
    run = ScanRun(pdf_of(pdf), settings, wanted)
    run.workers = 2 if len(run) > _PAGES_FOR_SECOND_PROCESS else 1
    try:
        rows = list(write_scans(shown(run), out, wanted))
    except OSError:
        raise Fault("kits.refused.unwritable", FAILED, path=out) from None
    if truth is not None:
        put(truth, json.dumps(rows, ensure_ascii=False, indent=1).encode())
    files = texts.n("kits.files", len({row["file"] for row in rows}))
    typer.echo(texts("kits.scanned", pages=texts.n("count.pages", len(rows)), files=files, path=out))


def shown(run: "ScanRun") -> Iterator[Any]:
    """The run's pages; on a terminal with a bar, on standard error."""
    if not sys.stderr.isatty():
        return iter(run)
    from rich.console import Console
    from rich.progress import track

    return iter(track(run, description=texts("kits.scanning"), total=len(run), console=Console(stderr=True)))


def put(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all."""
    unfinished = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise Fault("kits.refused.unwritable", FAILED, path=path) from None


def defect_lines() -> list[str]:
    """Each defect's name, its range and what it is."""
    from recognition.simulator import DEFECTS

    rows = [
        (code.value, ", ".join(map(range_text, defect.ranges)) or "—", texts(f"kits.defect.{code}"))
        for code, defect in DEFECTS.items()
    ]
    wide, middle = (max(len(row[column]) for row in rows) for column in (0, 1))
    return [f"{name:<{wide}}  {drawn:<{middle}}  {about}" for name, drawn, about in rows]


def range_text(drawn: "Range") -> str:
    """A range as people write it: `90–98 %`, `2–8°`."""
    unit = texts("kits.unit.mm") if drawn.unit == "mm" else drawn.unit
    return f"{drawn.low:g}–{drawn.high:g}{'' if unit in ('°', '') else ' '}{unit}"
