"""How evenly the paper is lit: a scanner lights every spot alike, a lamp and a hand do not."""

import numpy as np

from recognition.files.turn import Gray
from recognition.squares.find import Tones

_CELLS = (8, 12)
_DOTS = 16
"""Along each side of a cell; text leaves enough of them white."""
_PAPER_PART = 0.85
"""Of a cell's dots by brightness."""


def unevenness(gray: Gray) -> float:
    """1 - darkest paper / brightest paper, over cells in the inner part of the picture; 0 on a scan."""
    down, across = (max(1, side // (_CELLS[axis] * _DOTS)) for axis, side in ((1, gray.shape[0]), (0, gray.shape[1])))
    picked = gray[::down, ::across]
    height, width = (picked.shape[0] // _CELLS[1], picked.shape[1] // _CELLS[0])
    if not (height and width):
        return 0.0
    whole = np.ascontiguousarray(picked[: height * _CELLS[1], : width * _CELLS[0]])
    cells = whole.reshape(_CELLS[1], height, _CELLS[0], width).transpose(0, 2, 1, 3)
    dots = cells.reshape(_CELLS[1], _CELLS[0], height * width)
    at = int(_PAPER_PART * (height * width - 1))
    paper = np.partition(dots, at, axis=2)[1:-1, 1:-1, at]
    low, high = np.percentile(paper, (5, 95))
    return float(1 - low / max(high, 1.0))


def tones_in(part: Gray) -> Tones:
    """Ink and paper of a part that surely holds both, such as a symbol that was read."""
    if not part.size:
        return Tones(0.0, 255.0)
    darker = np.cumsum(np.bincount(part.ravel(), minlength=256))
    ink, paper = np.searchsorted(darker, (0.12 * part.size, 0.88 * part.size))
    return Tones(float(ink), float(paper))
