"""Holds a form against what a PDF of kits teaches."""

from typing import Any

from recognition.form import Box, Form, load_form, parse_payload

_SAME_MM = 0.5
"""A scan is placed to about this: what is nearer is the same place to it."""


def differences(form: Form, learned: dict[str, Any], payloads: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """What does not fit, as code and values; empty where the form serves every page of the PDF."""
    other = load_form(learned)
    apart: list[tuple[str, dict[str, Any]]] = []
    if max(abs(a - b) for a, b in zip(form.paper, other.paper, strict=True)) > _SAME_MM:
        apart.append(("paper", {"width": f"{other.paper[0]:g}", "height": f"{other.paper[1]:g}"}))
    if form.pages != other.pages:
        apart.append(("pages", {"form": form.pages, "pdf": other.pages}))
    for page in range(1, other.pages + 1):
        ours, theirs = form.kind_of(page), other.kind_of(page)
        if not _near([it.box for it in ours.symbols], [it.box for it in theirs.symbols]):
            apart.append(("symbols", {"page": page}))
        if not _near([it.box for it in ours.squares], [it.box for it in theirs.squares]):
            apart.append(("squares", {"page": page}))
    for number, payload in enumerate(payloads, 1):
        identity = parse_payload(form, payload)
        if identity is None or identity.page != (number - 1) % other.pages + 1:
            apart.append(("payload", {"page": number}))
    return apart


def _near(some: list[Box], others: list[Box]) -> bool:
    def found(box: Box) -> bool:
        return any(max(abs(a - b) for a, b in zip(box, other, strict=True)) <= _SAME_MM for other in others)

    return len(some) == len(others) and all(map(found, some))
