"""Makes practice kits on any form: its paper, places and payloads, with plain words that it is not the official one."""

from collections.abc import Iterator
from typing import Any

from recognition.form import Form, PageKind, build_payload
from recognition.geometry.placement import meet
from services.practice.layout import layout
from services.practice.order import OrderRefusedError
from services.practice.order_on_form import numbers_on
from services.practice.symbols import symbol_for
from services.practice.typeset import typeset
from services.texts import Texts

_NOTICE_MM = (70.0, 22.0)
_STEP_MM = 4.0
_MARGIN_MM = 4.0
"""White that stays around every symbol and square: a symbol's quiet zone is four modules."""


def make_on_form(form: Form, texts: Texts, *, kits: int, event: str, seed: int | None) -> bytes:
    """The PDF's bytes. Raises OrderRefusedError where the form's grammar cannot build a payload."""
    view = {
        "paper": form.paper,
        "kinds": {name: layout(kind) | {"notice": _free_place(form, kind)} for name, kind in form.kinds.items()},
        "pages": list(_pages(form, texts, kits, event, seed)),
        "notice": texts("forms.practice_notice"),
    }
    return typeset("kits_on_form.typ", view, format="pdf", pdf_tags=False)


def _pages(form: Form, texts: Texts, kits: int, event: str, seed: int | None) -> Iterator[dict[str, Any]]:
    for kit in numbers_on(form, kits, None if seed is None else f"{event}:{seed}"):
        for page in range(1, form.pages + 1):
            kind = form.kind_of(page)
            try:
                payload = build_payload(form, event=event, kit=kit, page=page, pages=form.pages)
            except (ValueError, KeyError) as error:
                raise OrderRefusedError("forms.refused.payload") from error
            yield {
                "kind": kind.name,
                "kit": kit,
                "page_of": texts("kits.form.page_of", page=page, pages=form.pages),
                "symbols": [symbol_for(payload, place.box[2]) for place in kind.symbols],
            }


def _free_place(form: Form, kind: PageKind) -> tuple[float, float]:
    """Where the words may stand: the first place from the top that touches no symbol, square or field."""
    width, height = _NOTICE_MM
    y = 2 * _MARGIN_MM
    while y + height < form.paper[1]:
        x = 2 * _MARGIN_MM
        while x + width < form.paper[0]:
            if not any(meet((x, y, width, height), box, _MARGIN_MM) for box in kind.boxes):
                return x, y
            x += _STEP_MM
        y += _STEP_MM
    return form.paper[0] / 3, form.paper[1] / 2
