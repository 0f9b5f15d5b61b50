"""What speaks for one sheet and what for two: measures only, no judgement."""

from dataclasses import dataclass

import cv2
import numpy as np

from recognition.files.turn import Gray
from recognition.sheets.areas import Areas
from recognition.sheets.flat import PX_PER_MM, Flat, Floats
from recognition.sheets.masks import Mask, coarse, disc, grown, mm2
from recognition.sheets.strokes import Strokes, strokes_of

_TIGHT, _LOOSE, _WIDE = np.ones((3, 3), np.uint8), disc(5), disc(9)
"""Kernels: strokes meet within 0.2, 0.35 and 0.75 mm. Laid on each other, scans of one sheet leave 0.1 mm; people
who write the same words in the same cells are 0.3 mm apart."""
_CHANCE_MM = (-3.1, -1.9, 1.9, 3.1)
"""Unlike writing meets by chance about as often as the same writing meets itself moved so far along the line."""
_PRINT_INK = 60
_LIKE_PRINT = 30
_NEIGHBOURHOOD_MM = 9.0
_LEAST_PRINT = 0.004
"""Part of a neighbourhood that print covers: with less nothing is known of it, and the page's own figure serves."""
_SEEN = 0.5
"""Print that meets so far in a neighbourhood shows that both scans see the sheet there."""
_COARSE = 6
_LEAST_PRINT_MM2 = 15.0
"""Two words of print: with less outside the fields the whole page serves."""
_TILE_MM, _BETTER_TILES = 15.0, 80


@dataclass(frozen=True, slots=True)
class Side:
    """One sheet against the other: mm² of strokes within the fields where both scans see the sheet.

    `missing`: strokes that the other lacks; `far`: those that it lacks even nearby; `chance`: the part that unlike
    writing would have met all the same; `margin`: strokes outside the fields that the other lacks; `lacks`: where.
    `darkness` of the strokes, `faintest` that the scan can show, `tonal` where it kept greys.
    """

    ink: float
    missing: float
    far: float
    chance: float
    margin: float
    darkness: float
    faintest: float
    tonal: bool
    lacks: Mask

    @property
    def met(self) -> float:
        """mm² of this sheet's strokes that the other has too."""
        return self.ink - self.missing

    @property
    def share(self) -> float:
        """The part of this sheet's strokes that the other has too."""
        return self.met / self.ink if self.ink else 0.0

    @property
    def telling(self) -> float:
        """mm² of strokes that would not meet if the other sheet were written by somebody else."""
        return self.ink * (1.0 - self.chance)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`laid`: the part of the print of one scan that the other has too, of the scan that shows less print; `shown`: of
    the one that shows more.

    Pages that do not lie on each other lower both; a pale scan, which loses print, only the second.
    """

    first: Side
    second: Side
    laid: float
    shown: float


def evidence_of(first: Flat, second: Flat, areas: Areas) -> Evidence:
    """Two flat pages, the second moved to lie on the first."""
    both = (first.seen > 0) & (second.seen > 0)
    known = bool(areas.writing.any())
    printed = areas.margin & both
    if known and min(mm2((ink > _PRINT_INK) & printed) for ink in (first.ink, second.ink)) >= _LEAST_PRINT_MM2:
        parts, visible = _print_meets(first.ink, second.ink, printed)
    else:
        parts, visible = _most_print_meets(first.ink, second.ink, areas.sheet & both)
    measured = areas.writing if known else areas.margin
    ours, theirs = strokes_of(first.ink, measured), strokes_of(second.ink, measured)
    writing, margin = areas.writing & both & visible, areas.margin & both & visible
    one = _side(ours, theirs, writing, margin, tonal=first.tonal)
    other = _side(theirs, ours, writing, margin, tonal=second.tonal)
    return Evidence(one, other, max(parts), min(parts))


def _side(own: Strokes, other: Strokes, writing: Mask, margin: Mask, *, tonal: bool) -> Side:
    near = grown(other.any, _TIGHT)
    here = own.sure & writing
    missing = here & ~near
    beside = own.sure & margin & ~grown(other.any, _WIDE)
    return Side(
        ink=mm2(here),
        missing=mm2(missing),
        far=mm2(here & ~grown(other.any, _LOOSE)),
        chance=_chance(here, near),
        margin=mm2(beside),
        darkness=own.darkness,
        faintest=own.faintest,
        tonal=tonal,
        lacks=missing | beside,
    )


def _chance(strokes: Mask, near: Mask) -> float:
    """How much of the strokes would meet the other sheet's if they stood a little to one side."""
    y, x = np.nonzero(strokes)
    if not len(y):
        return 0.0
    width = near.shape[1]
    met = [near[y, np.clip(x + round(mm * PX_PER_MM), 0, width - 1)].mean() for mm in _CHANCE_MM]
    return float(np.mean(met))


def _print_meets(first: Gray, second: Gray, where: Mask) -> tuple[list[float], Mask]:
    """How far the print of either scan meets over the whole page, and the neighbourhoods in which both do."""
    parts: list[float] = []
    seen = np.ones((first.shape[0] // _COARSE, first.shape[1] // _COARSE), np.bool_)
    for own, other in ((first, second), (second, first)):
        ink = (own > _PRINT_INK) & where
        met = ink & grown(other > _LIKE_PRINT, _LOOSE)
        part = float(np.count_nonzero(met)) / max(1.0, float(np.count_nonzero(ink)))
        around, met_around = _around(ink), _around(met)
        seen &= np.where(around > _LEAST_PRINT, met_around > _SEEN * around, part > _SEEN)
        parts.append(part)
    size = first.shape[1], first.shape[0]
    return parts, np.asarray(cv2.resize(seen.view(np.uint8), size, interpolation=cv2.INTER_NEAREST), np.uint8) > 0


def _most_print_meets(first: Gray, second: Gray, where: Mask) -> tuple[list[float], Mask]:
    """The same where print cannot be known from writing: the better part of the page shows how it lies."""
    return [_better_part(own, other, where) for own, other in ((first, second), (second, first))], where


def _better_part(own: Gray, other: Gray, where: Mask) -> float:
    ink = (own > _PRINT_INK) & where
    tile = round(_TILE_MM * PX_PER_MM)
    inked, met = coarse(ink, tile), coarse(ink & grown(other > _LIKE_PRINT, _LOOSE), tile)
    told = inked > _LEAST_PRINT
    return float(np.percentile(met[told] / inked[told], _BETTER_TILES)) if told.any() else 0.0


def _around(mask: Mask) -> Floats:
    """The part of each neighbourhood that the mask covers, on a coarse grid."""
    sigma = _NEIGHBOURHOOD_MM * PX_PER_MM / _COARSE
    return np.asarray(cv2.GaussianBlur(coarse(mask, _COARSE), (0, 0), sigma), np.float32)
