"""The sheet as a whole, as the scanner saw it: lines along the feed, sharpness, contrast, folded corners."""

from collections.abc import Collection
from dataclasses import dataclass

from recognition.files.turn import Gray
from recognition.form import PageKind
from recognition.geometry.placement import Box, Placement
from recognition.quality.folds import Fold, folds
from recognition.quality.sharpness import Site, sites
from recognition.quality.streaks import Streak, streaks
from recognition.squares.find import Tones

_FINDER = 0.26
"""Of a symbol's side: seven modules of 21 to 33."""


@dataclass(frozen=True, slots=True)
class Surface:
    """`sites`: places with ink and paper; px are those of the searched copy, which has `px_per_mm`."""

    streaks: tuple[Streak, ...] = ()
    folds: tuple[Fold, ...] = ()
    sites: tuple[Site, ...] = ()
    px_per_mm: float = 1.0


def surface_of(
    gray: Gray,
    placement: Placement,
    paper: tuple[float, float],
    kind: PageKind,
    squares: Collection[str],
    read: Collection[str],
) -> Surface:
    """All measures of a placed page. `squares` and `read` name the squares and the symbols that were found."""
    boxes = [place.box for place in kind.squares if place.name in squares]
    boxes += [_finder(place.box) for place in kind.symbols if place.corner in read]
    seen = sites(gray, placement, boxes)
    if not seen:
        return Surface()
    tones = Tones(min(one.tones.ink for one in seen), max(one.tones.paper for one in seen))
    return Surface(
        tuple(streaks(gray, placement, paper, tones)),
        tuple(folds(gray, placement, paper, tones)),
        tuple(seen),
        placement.px_per_mm((paper[0] / 2, paper[1] / 2)),
    )


def _finder(box: Box) -> Box:
    """The finder pattern at the symbol's top left."""
    return box[0], box[1], box[2] * _FINDER, box[3] * _FINDER
