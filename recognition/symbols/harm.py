"""Clusters of modules that are not as they should be: how large, which way, and whether they go on beyond."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from recognition.symbols.encoding import Mask
from recognition.symbols.residue import Residue
from recognition.symbols.sample import RING, Floats

_OFF = 0.25
"""Of the step from ink to paper: a clean scan keeps within 0.15, a line of a third of a module makes 0.3."""
_OFF_IN_NOISE = 6.0
"""Of the symbol's own noise: a coarse or bilevel scan is uneven everywhere."""
_SURELY_OFF = 0.45
"""Nearly read wrongly: harm, however uneven the rest is."""
_LINE_OFF, _LINE_IN_NOISE = 0.1, 3.0
"""Of a whole column: a line of a tenth of a module is seen, because it is seen thirty times."""
_LEAST_SHOWN, _BOTH_SHOWN = 0.4, 0.2
_LINE_EVEN, _LINE_WHOLE, _LINE_ALONE = 0.4, 0.85, 0.5


@dataclass(frozen=True, slots=True)
class Harm:
    """One cluster. `box`: x, y, width, height in modules from the symbol's top left corner, ring included.

    `mass`: modules' worth of missing or added ink. `dark`: ink where there should be none. `reaches`: it goes on into
    the paper around the symbol. `line`: straight through the whole symbol along one of its sides, as a feed draws it.
    """

    box: tuple[int, int, int, int]
    mass: float
    dark: bool
    reaches: bool
    line: bool


def harms(left: Residue, dark: Mask) -> list[Harm]:
    """The clusters of a symbol, the largest first."""
    around = np.pad(dark, RING)
    found = [
        *_of_one_kind(-left.off, around, left.noise, dark_harm=True),
        *_of_one_kind(left.off, ~around, left.noise, dark_harm=False),
    ]
    return sorted(found, key=lambda harm: -harm.mass)


def _of_one_kind(off: Floats, hidden: Mask, noise: float, *, dark_harm: bool) -> Iterator[Harm]:
    """`hidden`: modules on which such harm is not seen. Lines first; clusters are what is left."""
    ends = dark_harm  # a light line shows on ink only
    down, across = _lines(off, hidden, noise, ends=ends), _lines(off.T, hidden.T, noise, ends=ends)
    lines = [*down, *(strip.T for strip in across)]
    for strip in lines:
        yield _harm(strip & ~hidden, off, dark_harm=dark_harm, line=True)
    marked = off > min(max(_OFF, _OFF_IN_NOISE * noise), _SURELY_OFF)
    for strip in lines:
        marked &= ~strip
    if not marked.any():
        return
    # Ink over ink is not seen, nor paper over paper: such modules join what lies on both sides of them.
    bridged = (_grown(marked) & (hidden | marked)) | marked
    count, labels = cv2.connectedComponents(bridged.astype(np.uint8), connectivity=8)
    for label in range(1, count):
        yield _harm((labels == label) & marked, off, dark_harm=dark_harm, line=False)


def _lines(off: Floats, hidden: Mask, noise: float, *, ends: bool) -> Iterator[Mask]:
    """Pairs of columns (a line may lie between two) that are off from end to end wherever it could be seen.

    `ends`: also on the paper at both ends.
    """
    shown = ~hidden[RING:-RING]
    value = np.where(shown, off[RING:-RING], 0.0)
    mean = value.sum(axis=0) / np.maximum(1, shown.sum(axis=0))
    least = max(_LINE_OFF, _LINE_IN_NOISE * noise)
    taken = -2
    for column in np.flatnonzero((mean[:-1] + mean[1:] > least) & (mean[:-1] >= mean[1:])):
        low = max(0, int(column) - 1) if mean[max(0, column - 1)] > mean[column + 1] else int(column)
        both = shown[:, low] & shown[:, low + 1]
        seen = both if both.mean() >= _BOTH_SHOWN else shown[:, int(column)]
        if low - taken < 2 or shown[:, int(column)].mean() < _LEAST_SHOWN or not _is_line(value, low, seen, least):
            continue
        if ends and not _goes_on(off[:, low : low + 2], least):
            continue
        taken = low
        strip = np.zeros(off.shape, np.bool_)
        strip[:, low : low + 2] = True
        yield strip


def _is_line(value: Floats, low: int, seen: Mask, least: float) -> bool:
    """As strong at every module, and nothing of it beside: strokes and stains come and go."""
    along = value[seen, low : low + 2].sum(axis=1)
    strength = float(np.median(along))
    beside = [value[seen, column] for column in (low - 2, low + 3) if 0 <= column < value.shape[1]]
    even = float((along > _LINE_EVEN * strength).mean()) >= _LINE_WHOLE
    alone = all(float(np.abs(column).mean()) < _LINE_ALONE * strength for column in beside)
    return strength >= least and even and alone


def _goes_on(columns: Floats, least: float) -> bool:
    """Off in the ring above and below as in the symbol."""
    along = columns.sum(axis=1)
    return min(float(along[:RING].mean()), float(along[-RING:].mean())) > _LINE_EVEN * least


def _grown(mask: Mask) -> Mask:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)), np.bool_)


def _harm(own: Mask, off: Floats, *, dark_harm: bool, line: bool) -> Harm:
    y, x = np.nonzero(own)
    left, top, right, bottom = int(x.min()), int(y.min()), int(x.max()) + 1, int(y.max()) + 1
    side = len(own) - 2 * RING
    edge = (left < RING, top < RING, right > side + RING, bottom > side + RING)
    inside = bool(own[RING:-RING, RING:-RING].any())
    mass = float(np.clip(off[own], 0, 1.2).sum())
    return Harm((left - RING, top - RING, right - left, bottom - top), mass, dark_harm, inside and any(edge), line)
