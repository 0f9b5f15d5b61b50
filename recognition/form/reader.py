"""Reads values out of parsed JSON and remembers where it is, so that every fault can say its place."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recognition.form.faults import FormError, FormFault
from recognition.form.model import Box


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the form's JSON and its path. Every method raises FormError with that path."""

    value: Any
    where: str = ""

    def fail(self, fault: FormFault, found: object = None) -> FormError:
        """The error to raise for this place."""
        return FormError(fault, self.where, self.value if found is None else found)

    def keys(self, required: set[str], optional: frozenset[str] | set[str] = frozenset()) -> "Node":
        """This node, proved to be an object with just these keys."""
        if not isinstance(self.value, dict):
            raise self.fail(FormFault.WRONG_TYPE)
        for key in sorted(required - self.value.keys()):
            raise self.fail(FormFault.MISSING_KEY, key)
        for key in sorted(self.value.keys() - required - optional):
            raise self.fail(FormFault.UNKNOWN_KEY, key)
        return self

    def __getitem__(self, key: str) -> "Node":
        return Node(self.value[key], f"{self.where}.{key}" if self.where else key)

    def get(self, key: str, default: Any) -> "Node":
        """The value under the key, or the default where the key is absent."""
        return self[key] if key in self.value else Node(default, self.where)

    def items(self) -> "Iterator[tuple[str, Node]]":
        """Names and values of an object of any keys."""
        if not isinstance(self.value, dict) or not all(isinstance(key, str) for key in self.value):
            raise self.fail(FormFault.WRONG_TYPE)
        return ((key, self[key]) for key in self.value)

    def each(self, least: int = 0, most: int = 2000) -> "list[Node]":
        """The members of a list."""
        if not isinstance(self.value, list | tuple):
            raise self.fail(FormFault.WRONG_TYPE)
        if not least <= len(self.value) <= most:
            raise self.fail(FormFault.OUT_OF_RANGE, len(self.value))
        return [Node(member, f"{self.where}[{index}]") for index, member in enumerate(self.value)]

    def text(self, longest: int = 512) -> str:
        """A string that is not empty."""
        if not isinstance(self.value, str):
            raise self.fail(FormFault.WRONG_TYPE)
        if not 0 < len(self.value) <= longest:
            raise self.fail(FormFault.OUT_OF_RANGE)
        return self.value

    def one_of(self, names: tuple[str, ...]) -> str:
        """A string out of a closed set."""
        if self.text() not in names:
            raise self.fail(FormFault.UNKNOWN_NAME)
        return str(self.value)

    def number(self, least: float, most: float) -> float:
        """A finite number within the limits."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.fail(FormFault.WRONG_TYPE)
        if not (math.isfinite(self.value) and least <= self.value <= most):
            raise self.fail(FormFault.OUT_OF_RANGE)
        return float(self.value)

    def whole(self, least: int, most: int) -> int:
        """A whole number within the limits."""
        if not isinstance(self.value, int):
            raise self.fail(FormFault.WRONG_TYPE)
        return int(self.number(least, most))

    def pair(self, least: float, most: float) -> tuple[float, float]:
        """Two numbers, such as a size in mm."""
        first, second = self.each(2, 2)
        return first.number(least, most), second.number(least, most)

    def box(self, paper: tuple[float, float]) -> Box:
        """A box in mm that lies on the paper and is at least 1 mm wide and high."""
        x, y, width, height = (member.number(-10000, 10000) for member in self.each(4, 4))
        if width < 1 or height < 1:
            raise self.fail(FormFault.OUT_OF_RANGE)
        if x < 0 or y < 0 or x + width > paper[0] + 1e-6 or y + height > paper[1] + 1e-6:
            raise self.fail(FormFault.OUTSIDE_PAPER)
        return x, y, width, height
