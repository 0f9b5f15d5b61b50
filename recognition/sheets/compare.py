"""Two pages of one number: are they one sheet of paper?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from recognition.form import Form
from recognition.geometry.placement import Points, corners
from recognition.sheets.align import Field, align, moved
from recognition.sheets.areas import Areas, areas_of
from recognition.sheets.comparison import Comparison, Likeness
from recognition.sheets.decide import decide
from recognition.sheets.evidence import Evidence, evidence_of
from recognition.sheets.flat import Flat
from recognition.sheets.page import SheetPage
from recognition.sheets.places import places_of, points_of
from recognition.sheets.portrait import portrait

_SURE_PRINT = 0.93
"""Print that meets so well leaves nothing to look for elsewhere."""

_TILE_MM = 3.0
"""Within it the field does not bend: each point of ink need not be asked for."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The second page laid on the first in one way, and what is seen then."""

    second: Flat
    field: Field
    evidence: Evidence

    def on_second(self, at: Points) -> Points:
        """Where points of the first page, in mm, lie on the scan of the second, in its px."""
        tiles, back = np.unique(at // _TILE_MM, axis=0, return_inverse=True)
        shift = self.field.shift((tiles + 0.5) * _TILE_MM)[back.reshape(-1)]
        return self.second.placement.to_px(at + shift)


def compare(first: SheetPage, second: SheetPage, form: Form) -> Comparison:
    """Lays one page on the other and judges by the writing; a page that its symbols name is the ground."""
    if second.flat.named and not first.flat.named:
        swapped = compare(second, first, form)
        return replace(swapped, pictures=swapped.pictures and swapped.pictures[::-1])
    laid = lay(first, second, form)
    likeness, likely, score = decide(laid.evidence)
    if likeness is Likeness.SAME:
        return Comparison(likeness, score, likely)
    places = places_of(laid.evidence)
    evidence, there = laid.evidence, first.flat.placement
    own = portrait(
        first.canvas, [there.to_px(corners(place)) for place in places], there.to_px(points_of(evidence.first.lacks))
    )
    other = portrait(
        second.canvas,
        [laid.on_second(corners(place)) for place in places],
        laid.on_second(points_of(evidence.second.lacks)),
    )
    return Comparison(likeness, score, likely, places, (own, other))


def lay(one: SheetPage, other: SheetPage, form: Form) -> Laid:
    """The plain way where the print meets; else the farthest search too, and upside down where that may be."""
    first, second, areas = one.flat, other.flat, areas_of(one.kind or other.kind, form)
    best: Laid | None = None
    for candidate, widely in _ways(first, second, form):
        laid = _lay(first, candidate, areas, widely=widely)
        if best is None or laid.evidence.laid > best.evidence.laid:
            best = laid
        if best.evidence.laid >= _SURE_PRINT:
            break
    if best is None:
        raise AssertionError
    return best


def _ways(first: Flat, second: Flat, form: Form) -> Iterator[tuple[Flat, bool]]:
    yield second, False
    yield second, True
    if not (first.named and second.named):
        yield second.turned(form.paper), True


def _lay(first: Flat, second: Flat, areas: Areas, *, widely: bool) -> Laid:
    field = align(first.ink, second.ink, widely=widely)
    ink, seen = moved(field, second.ink, second.seen)
    return Laid(second, field, evidence_of(first, replace(second, ink=ink, seen=seen), areas))
