"""Reads a form from JSON, proves it and writes it back."""

import json
import re
import string
from collections.abc import Mapping
from dataclasses import asdict, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from recognition.form.checks import CHECKS
from recognition.form.faults import FormError, FormFault
from recognition.form.model import Box, Form, PageKind, PayloadGrammar, SquarePlace, SymbolPlace
from recognition.form.reader import Node
from recognition.geometry.placement import meet

MOST_SYMBOLS, MOST_SQUARES = 4, 8
PLACES = (
    *("top_left", "top_right", "bottom_left", "bottom_right"),
    *("middle_left", "middle_right", "top_middle", "bottom_middle", "middle"),
)
"""Names of the nine parts of a page. Where several squares or symbols share a part, the further ones are numbered."""
CORNERS = (*PLACES, *(f"symbol_{number}" for number in range(1, MOST_SYMBOLS + 1)))
SQUARES = (*PLACES, *(f"square_{number}" for number in range(1, MOST_SQUARES + 1)))

_MOST_BYTES = 1_000_000
_KIND = re.compile(r"answer_sheet|task(_[2-9]|_[1-9][0-9])?", re.ASCII)
_GROUPS = {"event", "kit", "page", "pages", "check"}
_FORMAT_SPEC = re.compile(r"(0?[0-9]{1,2}d?)?", re.ASCII)
_PRACTICE = Path(__file__).with_name("practice.json")


def practice_form(pages: int = 4) -> Form:
    """The project's own form, with that many pages a kit (1 to 99)."""
    if not 1 <= pages <= 99:
        raise FormError(FormFault.OUT_OF_RANGE, "pages", pages)
    return replace(load_form(_PRACTICE), pages=pages)


def load_form(source: Path | str | Mapping[str, Any]) -> Form:
    """A form from a JSON file or from parsed JSON. Raises FormError."""
    root = Node(dict(source) if isinstance(source, Mapping) else _parse(Path(source)))
    root.keys({"name", "paper", "pages", "kinds", "kinds_by_page", "payload"})
    paper = root["paper"].pair(50, 1000)
    kinds = {name: _kind(name, node, paper) for name, node in root["kinds"].items()}
    pages = root["pages"].whole(1, 99)
    return Form(
        name=root["name"].text(64),
        paper=paper,
        pages=pages,
        kinds=kinds,
        kinds_by_page=tuple(node.one_of(tuple(kinds)) for node in root["kinds_by_page"].each(1, 99)),
        payload=_grammar(root["payload"], pages),
    )


def form_to_json(form: Form) -> dict[str, Any]:
    """What `load_form` reads back into the same form; boxes of a grid stand one by one."""
    kinds = {
        name: {key: part for key, part in asdict(kind).items() if key != "name"} for name, kind in form.kinds.items()
    }
    plain = {**asdict(form), "kinds": kinds}
    return json.loads(json.dumps(plain))  # type: ignore[no-any-return]  # tuples become lists, as in a file


def _parse(path: Path) -> Any:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FormError(FormFault.OUT_OF_RANGE, found=path.stat().st_size)
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FormError(FormFault.UNREADABLE, found=error.strerror) from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, FormError):
            raise
        raise FormError(FormFault.NOT_JSON, found=str(error)) from error


def _kind(name: str, node: Node, paper: tuple[float, float]) -> PageKind:
    if not _KIND.fullmatch(name):
        raise node.fail(FormFault.UNKNOWN_NAME, name)
    node.keys({"symbols", "squares"}, {"fields"})
    symbols = tuple(
        SymbolPlace(place.keys({"corner", "box"})["corner"].one_of(CORNERS), place["box"].box(paper))
        for place in node["symbols"].each(1, MOST_SYMBOLS)
    )
    squares = tuple(
        SquarePlace(place.keys({"name", "box"})["name"].one_of(SQUARES), place["box"].box(paper))
        for place in node["squares"].each(0, MOST_SQUARES)
    )
    _prove_distinct(node["symbols"], [place.corner for place in symbols])
    _prove_distinct(node["squares"], [place.name for place in squares])
    _prove_apart(node, [symbol.box for symbol in symbols] + [square.box for square in squares])
    fields = tuple(box for member in node.get("fields", []).each() for box in _field(member, paper))
    return PageKind(name, symbols, squares, fields)


def _field(node: Node, paper: tuple[float, float]) -> list[Box]:
    """One box, or a grid of them: `{at: [x, y], cell: [w, h], columns, rows, step: [dx, dy]}`, read row by row."""
    if isinstance(node.value, list | tuple):
        return [node.box(paper)]
    node.keys({"at", "cell", "columns", "rows"}, {"step"})
    x, y = node["at"].pair(0, 1000)
    width, height = node["cell"].pair(1, 1000)
    dx, dy = node.get("step", [width, height]).pair(1, 1000)
    columns, rows = node["columns"].whole(1, 100), node["rows"].whole(1, 100)
    return [
        Node([round(x + dx * column, 4), round(y + dy * row, 4), width, height], node.where).box(paper)
        for row in range(rows)
        for column in range(columns)
    ]


def _prove_distinct(node: Node, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise node.fail(FormFault.DUPLICATE, name)


def _prove_apart(node: Node, boxes: list[Box]) -> None:
    for first, second in combinations(boxes, 2):
        if meet(first, second):
            raise node.fail(FormFault.OVERLAP, [list(first), list(second)])


def _grammar(node: Node, pages: int) -> PayloadGrammar:
    """A kit of one page needs no page in its payload."""
    node.keys({"pattern", "template"}, {"check", "first_page"})
    pattern, template = node["pattern"].text(), node["template"].text()
    check = None if node.get("check", None).value is None else node["check"].one_of(tuple(CHECKS))
    try:
        groups = set(re.compile(pattern, re.ASCII).groupindex)
    except re.error as error:
        raise node["pattern"].fail(FormFault.BAD_PATTERN, str(error)) from error
    needed = {"kit"} | ({"page"} if pages > 1 else set()) | ({"check"} if check else set())
    if not needed <= groups <= _GROUPS:
        raise node["pattern"].fail(FormFault.BAD_PATTERN, sorted(groups))
    _prove_template(node["template"], template, groups, ends_with_check=check is not None)
    return PayloadGrammar(pattern, template, check, node.get("first_page", 1).whole(0, 1))


def _prove_template(node: Node, template: str, groups: set[str], *, ends_with_check: bool) -> None:
    """Only plain names of the pattern's groups may stand in the template: `str.format` would follow attributes too."""
    try:
        parts = [(name, spec) for _, name, spec, _ in string.Formatter().parse(template) if name is not None]
    except ValueError as error:
        raise node.fail(FormFault.BAD_TEMPLATE, str(error)) from error
    if {name for name, _ in parts} != groups or not all(_FORMAT_SPEC.fullmatch(spec or "") for _, spec in parts):
        raise node.fail(FormFault.BAD_TEMPLATE)
    if ends_with_check and not template.endswith("{check}"):
        raise node.fail(FormFault.BAD_TEMPLATE)
