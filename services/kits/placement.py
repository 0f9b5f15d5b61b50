"""On which sheet of paper a scan was made: a pure decision from what comparisons have shown.

Two participants must never hold one kit number (the Order, 1): the system keeps one of the two sheets and the other
result is lost. So a scan of a page that was seen before is compared with every sheet known to carry its number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recognition.sheets import Likeness

Pair = tuple[int, int]
"""Ids of two pages, the smaller one first."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What comparing two scans has shown; `score` is the share of ink that both have."""

    likeness: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class KnownSheet:
    """A sheet that carries the number, and the scan that stands for it. One seen just now has no row yet."""

    page_id: int
    sheet_id: int | None = None
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """The sheet that a scan shows; None for one that was not seen before. `sure` is False where it cannot be told."""

    sheet: KnownSheet | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Lacking:
    """The comparisons that must be made first."""

    pairs: tuple[Pair, ...]


def pair(one: int, other: int) -> Pair:
    return (min(one, other), max(one, other))


def place(page_id: int, sheets: Sequence[KnownSheet], shown: Mapping[Pair, Shown]) -> Placed | Lacking:
    """The sheet of a scan. Without enough ink it joins a known sheet: no alarm, and it is not counted twice."""
    if lacking := tuple(pair(sheet.page_id, page_id) for sheet in sheets if pair(sheet.page_id, page_id) not in shown):
        return Lacking(lacking)
    by_sheet = [(sheet, shown[pair(sheet.page_id, page_id)]) for sheet in sheets]
    if same := [(what.score, -at) for at, (_, what) in enumerate(by_sheet) if what.likeness == Likeness.SAME]:
        return Placed(by_sheet[-max(same)[1]][0])
    undecided = [sheet for sheet, what in by_sheet if what.likeness != Likeness.DIFFERENT]
    return Placed(undecided[0], sure=False) if undecided else Placed(None)
