"""Proves what was typed after `aprobot kits`: each refusal is one sentence that says what to type instead."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bot.cli.fault import WRONG_USAGE, Fault
from services.texts import load_texts

if TYPE_CHECKING:
    from recognition.codes import PageProblem
    from recognition.form import Form

SHARE_OF_NAMED, SHARE_OF_RANDOM = 0.5, 0.2
"""Pages that get a defect: half where defects are named, a fifth where they are drawn."""

_LONGEST_NUMBER = 18
T = TypeVar("T")


def given(value: T | None, name: str) -> T:
    """The value of an option that must be there."""
    if value is None:
        raise Fault("kits.refused.argument", WRONG_USAGE, name=name)
    return value


def whole(text: str, key: str, **values: Any) -> int:
    """A whole number out of the text; `key` names the refusal."""
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise Fault(key, WRONG_USAGE, **values)
    return int(text)


def one_of(text: str, known: Iterable[str], key: str) -> str:
    """The text, proved to be one of the known words."""
    words = list(known)
    if text not in words:
        raise Fault(key, WRONG_USAGE, known=", ".join(words))
    return text


def defects_of(text: str) -> "list[PageProblem]":
    """`none`, `random` or names with commas between them."""
    from recognition.simulator import DEFECTS

    if text == "none":
        return []
    if text == "random":
        return list(DEFECTS)
    by_name = {code.value: code for code in DEFECTS}
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in by_name:
            raise Fault("kits.refused.defect", WRONG_USAGE, name=name)
    return [by_name[name] for name in names]


def share_of(text: str | None, defects: str) -> float:
    """Which part of the pages is harmed."""
    if text is None:
        return SHARE_OF_RANDOM if defects == "random" else SHARE_OF_NAMED
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise Fault("kits.refused.share", WRONG_USAGE)
    return share


def rotations_of(text: str) -> tuple[int, ...]:
    """One turn for all pages, or `random` for any."""
    from recognition.simulator.settings import ROTATIONS

    word = one_of(text, [*map(str, ROTATIONS), "random"], "kits.refused.rotate")
    return ROTATIONS if word == "random" else (int(word),)


def form_of(path: Path | None) -> "Form":
    """The practice form, or another one out of its JSON."""
    from recognition.form import FormError, load_form, practice_form

    if path is None:
        return practice_form()
    try:
        return load_form(path)
    except FormError as error:
        key = "kits.refused.form" if error.where else "kits.refused.form_file"
        fault = load_texts("ru")(f"events.form.{error.fault}")
        raise Fault(key, WRONG_USAGE, path=path, where=error.where, fault=fault) from None


def pdf_of(path: Path) -> bytes:
    """The bytes of a file that PDFium can open."""
    import pypdfium2

    if not path.is_file():
        raise Fault("kits.refused.no_file", WRONG_USAGE, path=path)
    data = path.read_bytes()
    try:
        pypdfium2.PdfDocument(data).close()
    except pypdfium2.PdfiumError:
        raise Fault("kits.refused.not_kits", WRONG_USAGE, path=path) from None
    return data
