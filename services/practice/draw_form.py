"""Draws a form: its kinds of pages side by side, every place with its name and its mm."""

from recognition.form import Form
from services.practice.typeset import typeset
from services.texts import Texts

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
    return typeset("form.typ", view, format="png", ppi=_DPI)
