"""Makes practice kits: a PDF that a college prints once and rehearses with."""

from collections.abc import Iterator
from typing import Any

from recognition.form import Form, build_payload, practice_form
from services.practice.layout import layout
from services.practice.order import KitOrder
from services.practice.symbols import symbol_svg
from services.practice.typeset import typeset
from services.texts import Texts

_TASKS = 12
"""Texts `kits.task.1` to `kits.task.12`; a longer kit begins again from the first."""

_WORDS = (
    "title", "practice", "rehearsal", "kit", "event", "page_of", "fill_in", "organisation", "date", "room", "seat",
    "sample", "sample_letters", "answers", "replacement", "replaced_task", "replaced_answer", "task_number", "answer",
)  # fmt: skip

_LATER = {name: "{" + name + "}" for name in ("page", "pages", "number")}
"""Values that differ by page: the template puts them in."""


class MakeKits:
    """Prints the ordered kits into one vector PDF, kit after kit, page after page."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def __call__(self, order: KitOrder) -> bytes:
        """The PDF's bytes: `order.kits` × `order.pages` pages of A4."""
        form = practice_form(order.pages)
        view = {
            "words": {word: self.texts(f"kits.form.{word}", **_LATER) for word in _WORDS},
            "paper": form.paper,
            "kinds": {name: layout(form.kinds[name]) for name in set(form.kinds_by_page)},
            "tasks": [self._task(number) for number in range(1, _TASKS + 1)],
            "pages": list(_pages(form, order)),
        }
        return typeset("kits.typ", view, format="pdf", pdf_tags=False)

    def _task(self, number: int) -> dict[str, str]:
        return {part: self.texts(f"kits.task.{number}.{part}") for part in ("title", "text", "question")}


def _pages(form: Form, order: KitOrder) -> Iterator[dict[str, Any]]:
    for kit in order.numbers():
        for page in range(1, form.pages + 1):
            payload = build_payload(form, event=order.event, kit=kit, page=page, pages=form.pages)
            yield {
                "kind": form.kind_of(page).name,
                "event": order.event,
                "kit": kit,
                "page": page,
                "pages": form.pages,
                "symbol": symbol_svg(payload),
            }
