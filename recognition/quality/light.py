"""How evenly the paper is lit: a scanner lights every spot alike, a lamp and a hand do not."""

import cv2
import numpy as np

from recognition.files.turn import Gray
from recognition.squares.find import Tones

_CELLS = (8, 12)
_PAPER_AT = 217
"""Of a cell's 256 pixels by brightness: the 85th of a hundred."""


def unevenness(gray: Gray) -> float:
    """1 - darkest paper / brightest paper, over cells in the inner part of the picture; 0 on a scan."""
    thinned = np.ascontiguousarray(gray[::3, ::3])
    coarse = cv2.resize(thinned, (_CELLS[0] * 16, _CELLS[1] * 16), interpolation=cv2.INTER_AREA)
    cells = coarse.reshape(_CELLS[1], 16, _CELLS[0], 16).transpose(0, 2, 1, 3).reshape(_CELLS[1], _CELLS[0], 256)
    paper = np.partition(cells, _PAPER_AT, axis=2)[1:-1, 1:-1, _PAPER_AT]
    low, high = np.percentile(paper, (5, 95))
    return float(1 - low / max(high, 1.0))


def tones_in(part: Gray) -> Tones:
    """Ink and paper of a part that surely holds both, such as a symbol that was read."""
    if not part.size:
        return Tones(0.0, 255.0)
    darker = np.cumsum(np.bincount(part.ravel(), minlength=256))
    ink, paper = np.searchsorted(darker, (0.12 * part.size, 0.88 * part.size))
    return Tones(float(ink), float(paper))
