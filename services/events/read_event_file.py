"""Reads an event's YAML, and where it is wrong says which key, on which line, and what to write instead."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from services.events.event_file import EventFile

MOST_BYTES = 2_000_000
DEEPEST = 8

Place = tuple[str | int, ...]
REMEDIES = {
    "extra_forbidden": "unknown_key",
    "missing": "missing",
    "string_pattern_mismatch": "pattern",
    "string_too_long": "too_long",
    "string_too_short": "empty",
    "literal_error": "choice",
    "int_parsing": "whole_number",
    "greater_than_equal": "range",
    "less_than_equal": "range",
    "unknown_zone": "zone",
    "value_error": "moment",
    "window_backwards": "window_backwards",
    "unknown_college": "unknown_college",
    "twice": "twice",
    "one_form": "one_form",
    "model_type": "section",
    "tuple_type": "list",
}
"""What pydantic calls a fault, and the name of our text about it."""


class EventFileFault(Exception):  # noqa: N818 (not an error of the program: the person mends the file)
    """The file cannot be loaded. `what` names the text, `place` the key, `line` counts from 1 (0: the whole file)."""

    def __init__(self, what: str, place: str = "", line: int = 0, **values: Any) -> None:
        super().__init__(f"{place}: {what}")
        self.what = what
        self.place = place
        self.line = line
        self.values = values


@dataclass
class Plain:
    """YAML as plain values and the line of every key.

    Scalars stay text, so that the code `07` is not the number 7 and `no` is not a falsehood; what is a number or a
    moment, the model decides.
    """

    lines: dict[Place, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def value(self, node: Node, place: Place) -> Any:
        line = self.lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self.seen or len(place) > DEEPEST:
            raise EventFileFault("alias", shown(place), line)
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self.mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*place, number)) for number, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return node.value

    def mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in values:
                raise EventFileFault("twice", shown((*place, key)), line)
            self.lines[(*place, key)] = line
            values[key] = self.value(value_node, (*place, key))
        return values


def read_event_file(path: Path) -> EventFile:
    """The file, proved. Raises EventFileFault."""
    plain = Plain()
    root = compose(path)
    if not isinstance(root, MappingNode):
        raise EventFileFault("section", "", 1, allowed="event, region, colleges, materials")
    values = plain.value(root, ())
    try:
        return EventFile.model_validate(values)
    except ValidationError as error:
        raise fault_of(error, plain.lines) from error


def compose(path: Path) -> Node | None:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise EventFileFault("file_too_large", limit=MOST_BYTES // 1_000_000)
        return yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise EventFileFault("unreadable", name=str(path)) from error
    except UnicodeDecodeError as error:
        raise EventFileFault("not_utf8", name=str(path)) from error
    except RecursionError as error:
        raise EventFileFault("alias") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise EventFileFault("not_yaml", "", mark.line + 1 if mark else 0) from error


def fault_of(error: ValidationError, lines: dict[Place, int]) -> EventFileFault:
    """The first fault in the order of the file; one at a time is what a person can mend."""
    faults = [(place_of(item), item) for item in error.errors(include_url=False)]
    place, item = min(faults, key=lambda fault: (lines.get(known_place(fault[0], lines), 0), is_not_a_slip(fault[1])))
    return EventFileFault(
        text_of(item["type"], place), shown(place), lines.get(known_place(place, lines), 1), **values_of(item)
    )


def is_not_a_slip(item: Any) -> bool:
    """A misspelt key also leaves the right one missing: the misspelling is what to mend."""
    return bool(item["type"] != "extra_forbidden")


def text_of(fault: str, place: Place) -> str:
    what = REMEDIES.get(fault, "wrong")
    if what != "pattern":
        return what
    return "pattern_event_code" if place == ("event", "code") else f"pattern_{place[-1]}".replace("college", "code")


def place_of(item: Any) -> Place:
    context = item.get("ctx") or {}
    return tuple(context["where"]) if "where" in context else tuple(item["loc"])


def values_of(item: Any) -> dict[str, Any]:
    context = dict(item.get("ctx") or {})
    found = context.get("found", item.get("input"))
    bounds = {"participants": (1, 2000), "variant": (1, 4), "practice": (1, 99)}
    low, high = bounds.get(str(item["loc"][-1]) if item["loc"] else "", (1, 1))
    return {
        "found": found if isinstance(found, str) else "",
        "allowed": str(context.get("expected", "")).replace("'", "").replace(" or ", ", "),
        "limit": context.get("max_length", ""),
        "low": low,
        "high": high,
    }


def known_place(place: Place, lines: dict[Place, int]) -> Place:
    """The nearest key that stands in the file: a missing key has no line, its section has one."""
    while place and place not in lines:
        place = place[:-1]
    return place


def shown(place: Place) -> str:
    """`colleges[2].variant`, counted from 1 as people count."""
    text = ""
    for step in place:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            text += f".{step}" if text else step
    return text
