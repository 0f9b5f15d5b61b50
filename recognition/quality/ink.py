"""Is there anything on the page at all?

The back of a printed sheet is not white: it has dust, punch holes, a staple, dark edges and what shines through. None
of these is ink that somebody put there.
"""

import cv2
import numpy as np

from recognition.files.turn import Gray

_LOOK_DPI = 75
INK = 0.62
"""Of the paper's grey: shine-through stays above, pen and toner below."""
STRONG_INK = 0.42
"""The same on a page through which the other side's print is seen so well that its symbols can be read."""
_FAINT_INK, _FAINT_MM2 = 0.75, 600.0
"""Print by worn toner is as pale as shine-through; only a page full of it is no blank back. Two symbols of 25 mm that
shine through have that area, and then they are read from behind."""
_BLACK_PICTURE = 70
"""A picture whose paper is darker than this is no paper."""
_EDGE_MM = 3.0
_DUST_MM2 = 0.35
_HOLE_MM = (4.0, 9.5)
_HOLE_FROM_EDGE_MM = 22.0
_STREAK_MM = 1.6
_STREAK_PART = 0.5
_BLANK_MM2 = 18.0
"""Ink of a page that people printed or wrote on; a word of handwriting has about 10, a line of print 60 and more."""


def ink_mm2(gray: Gray, px_per_mm: float, level: float = INK) -> float:
    """Area of what looks written or printed, in mm²."""
    small, scale = _look(gray, px_per_mm)
    dark = _dark(small, level)
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    boxes = stats[1:count].astype(np.float64) / (scale, scale, scale, scale, scale * scale)
    size = small.shape[1] / scale, small.shape[0] / scale
    return float(sum(box[4] for box in boxes if _is_ink(box, size)))


def is_blank(gray: Gray, px_per_mm: float, level: float = INK) -> bool:
    """True where there is less than a few words' worth of ink, and no page full of faint print."""
    if ink_mm2(gray, px_per_mm, level) >= _BLANK_MM2:
        return False
    return level < INK or ink_mm2(gray, px_per_mm, _FAINT_INK) < _FAINT_MM2


def _look(gray: Gray, px_per_mm: float) -> tuple[Gray, float]:
    """A copy of about 75 dpi and its px per mm."""
    factor = min(1.0, _LOOK_DPI / 25.4 / px_per_mm)
    if factor > 0.9:
        return gray, px_per_mm
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), px_per_mm * factor


def _dark(small: Gray, ink: float) -> Gray:
    """Pixels much darker than the paper around them, as 255."""
    coarse = cv2.resize(small, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(coarse, np.ones((9, 9), np.uint8)), 9)
    whole = cv2.resize(paper, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_LINEAR)
    level = np.maximum(whole.astype(np.float32), _BLACK_PICTURE)
    return np.where(small < level * ink, 255, 0).astype(np.uint8)


def _is_ink(box: np.ndarray[tuple[int], np.dtype[np.float64]], size: tuple[float, float]) -> bool:
    x, y, width, height, area = (float(figure) for figure in box)
    from_edge = min(x, y, size[0] - x - width, size[1] - y - height)
    if area < _DUST_MM2 or from_edge < 0.2:
        return False
    if from_edge < _EDGE_MM and min(width, height) < _EDGE_MM:
        return False
    if min(width, height) < _STREAK_MM and (width > _STREAK_PART * size[0] or height > _STREAK_PART * size[1]):
        return False
    round_hole = all(_HOLE_MM[0] <= side <= _HOLE_MM[1] for side in (width, height)) and abs(width - height) < 1.5
    return not (round_hole and from_edge < _HOLE_FROM_EDGE_MM and area > 0.55 * width * height)
