"""`aprobot forms`: learns a form from the PDF of its kits, shows it, and proves it against a PDF."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.fault import FAILED, WRONG_USAGE, Fault
from bot.cli.kits import put
from bot.cli.kits_arguments import form_of, given
from services.texts import load_texts

if TYPE_CHECKING:
    from recognition.form import Form

texts = load_texts("ru")
app = typer.Typer(help=texts("forms.help"), no_args_is_help=True)


@app.command("learn", help=texts("forms.learn.help"))
def learn(
    pdf: Path | None = typer.Argument(None, metavar="OFFICIAL.PDF", help=texts("forms.option.pdf")),
    out: Path | None = typer.Option(None, "--out", help=texts("forms.option.out")),
    picture: Path | None = typer.Option(None, "--picture", help=texts("forms.option.picture")),
    event: str | None = typer.Option(None, "--event", help=texts("forms.option.event")),
) -> None:
    from recognition.form import load_form

    source, target = given(pdf, "OFFICIAL.PDF"), given(out, "--out")
    learned = _learned(source, event)
    form = load_form(learned["form"])
    put(target, json.dumps(learned["form"], ensure_ascii=False, indent=1).encode())
    typer.echo(texts("forms.learned", path=target, kits=texts.n("count.kits", learned["kits"])))
    for name, value in learned["parts"].items():
        typer.echo("  " + texts(f"forms.part.{name}", value=value))
    _tell(form)
    for note in learned["notes"]:
        typer.echo("• " + texts(f"forms.note.{note['code']}", **note["values"]))
    if picture is not None:
        _draw(form, picture)


@app.command("show", help=texts("forms.show.help"))
def show(
    form: Path | None = typer.Argument(None, metavar="FORM.JSON", help=texts("forms.option.form")),
    picture: Path | None = typer.Option(None, "--picture", help=texts("forms.option.picture")),
) -> None:
    loaded = form_of(given(form, "FORM.JSON"))
    _tell(loaded)
    if picture is not None:
        _draw(loaded, picture)


@app.command("check", help=texts("forms.check.help"))
def check(
    form: Path | None = typer.Argument(None, metavar="FORM.JSON", help=texts("forms.option.form")),
    pdf: Path | None = typer.Option(None, "--pdf", help=texts("forms.option.pdf")),
) -> None:
    from recognition.form_learning.compare import differences

    loaded = form_of(given(form, "FORM.JSON"))
    typer.echo(texts("forms.sound"))
    if pdf is None:
        return
    found = _learned(pdf, None)
    apart = differences(loaded, found["form"], found["texts"])
    for code, values in apart:
        typer.echo("• " + texts(f"forms.apart.{code}", **values))
    if apart:
        raise Fault("forms.refused.apart", FAILED, path=pdf)
    typer.echo(texts("forms.fits", pages=texts.n("count.pages", len(found["texts"]))))


def _learned(pdf: Path, event: str | None) -> dict[str, Any]:
    """What the PDF teaches; it is opened in a child, for it is a stranger's."""
    from recognition.files.refused import FileRefusedError
    from recognition.form_learning.faults import LearnError

    if not pdf.is_file():
        raise Fault("kits.refused.no_file", WRONG_USAGE, path=pdf)
    try:
        return asyncio.run(_in_child(pdf, event))
    except LearnError as error:
        raise Fault(f"forms.refused.{error.fault}", FAILED, path=pdf, **error.values) from None
    except FileRefusedError:
        raise Fault("forms.refused.not_pdf", FAILED, path=pdf) from None


async def _in_child(pdf: Path, event: str | None) -> dict[str, Any]:
    from recognition.limits import DEFAULT
    from recognition.pool import Pool

    pool = Pool(1, DEFAULT)
    await pool.start()
    try:
        return await pool.learn(pdf, pdf.stem[:64] or "form", event)
    finally:
        await pool.close()


def _tell(form: "Form") -> None:
    """The form in lines: paper, pages, each kind's places in mm, the payload."""
    width, height = form.paper
    pages = texts.n("count.pages", form.pages)
    typer.echo(texts("forms.paper", width=f"{width:g}", height=f"{height:g}", pages=pages))
    for kind in form.kinds.values():
        typer.echo(texts(f"forms.kind.{kind.name.split('_')[0]}", name=kind.name))
        places = [("symbol", it.corner, it.box) for it in kind.symbols] + [
            ("square", it.name, it.box) for it in kind.squares
        ]
        for what, name, (x, y, w, h) in places:
            side = f"{w:g} × {h:g}"
            typer.echo("  " + texts(f"forms.{what}", name=name, x=f"{x:g}", y=f"{y:g}", side=side))
    typer.echo(texts("forms.payload", pattern=form.payload.pattern, check=form.payload.check or "—"))


def _draw(form: "Form", path: Path) -> None:
    from services.practice.draw_form import draw_form

    put(path, draw_form(form, texts))
    typer.echo(texts("forms.drawn", path=path))
