"""How far a page leans, told by its lines of print alone: for pages whose symbols and squares tell nothing."""

import cv2
import numpy as np

from recognition.files.turn import Gray

_LOOK_PX = 700
"""Long side of the copy that is turned: a line of print is then two px high."""
_MOST_DEG = 12.0
_COARSE_DEG, _FINE_DEG = 0.5, 0.1
_CLEAR = 2.0
"""Lines of print stand out this much more at their own angle than at the others."""


def lean_deg(gray: Gray) -> float | None:
    """Clockwise degrees from the nearest quarter turn; None where no lines of print tell.

    Rows and columns of a page add up most unevenly when it is turned straight (Postl 1986).
    """
    ink = _ink(gray)
    coarse = np.arange(-_MOST_DEG, _MOST_DEG + 0.01, _COARSE_DEG)
    scores = [_unevenness(ink, angle) for angle in coarse]
    best = int(np.argmax(scores))
    if scores[best] < _CLEAR * float(np.median(scores)) or best in (0, len(coarse) - 1):
        return None
    fine = coarse[best] + np.arange(-_COARSE_DEG, _COARSE_DEG + 0.01, _FINE_DEG)
    return float(max(fine, key=lambda angle: _unevenness(ink, angle)))


def _ink(gray: Gray) -> Gray:
    """Ink as 255 in the inner part of a small copy, where no dark edge of a scanner stands."""
    factor = min(1.0, _LOOK_PX / max(gray.shape))
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    height, width = small.shape
    inner = small[height // 10 : height - height // 10, width // 10 : width - width // 10]
    dark = cv2.adaptiveThreshold(inner, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    return np.asarray(dark, np.uint8)


def _unevenness(ink: Gray, angle: float) -> float:
    """Of the sums of rows or columns, whichever is larger, after turning back by `angle`."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    straight = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_LINEAR)
    sums = (straight.mean(axis=axis, dtype=np.float64) for axis in (0, 1))
    return max(float(np.square(np.diff(line)).mean()) for line in sums)
