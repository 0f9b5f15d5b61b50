"""Draws a form: its kinds of pages side by side, every place with its name and its mm."""

import json
from pathlib import Path

import typst

from recognition.form import Form
from services.texts import Texts

_TEMPLATE = Path(__file__).with_name("form.typ")
_DPI = 110.0


def draw_form(form: Form, texts: Texts) -> bytes:
    """A PNG."""
    kinds = [
        {
            "title": texts(f"forms.kind.{kind.name.split('_')[0]}", name=kind.name),
            "symbols": [{"name": place.corner, "box": place.box} for place in kind.symbols],
            "squares": [{"name": place.name, "box": place.box} for place in kind.squares],
            "fields": kind.fields,
        }
        for kind in form.kinds.values()
    ]
    view = {"paper": form.paper, "kinds": kinds, "title": form.name}
    source = {"main.typ": _TEMPLATE.read_bytes(), "form.json": json.dumps(view).encode()}
    picture: bytes = typst.compile(  # type: ignore[call-overload]  # its stub does not know sources given as a dict
        source, format="png", ppi=_DPI, ignore_system_fonts=True
    )
    return picture
