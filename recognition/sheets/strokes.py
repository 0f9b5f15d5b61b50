"""Tells strokes of a pen from what only looks like ink: noise, stains, dust, streaks of the feed, ruled lines."""

from dataclasses import dataclass

import cv2
import numpy as np

from recognition.files.turn import Gray
from recognition.sheets.flat import PX_PER_MM
from recognition.sheets.masks import Mask, disc

_SOFT_PX = 0.8
_LIKELY = 40
"""Ink darker than this is somebody's; paper's texture and what shines through are paler."""
_DARKEST_PART = 90.0
_STRONG, _WEAK = 0.5, 0.45
"""Of the darkness of this page's own strokes; of that again."""
_STRONG_RANGE = (45.0, 110.0)
_NOISE = 3.5
_WIDEST_MM = 1.8
"""Felt-tips draw 1 mm; what is wider both ways is a stain or a blot."""
_SPECK_MM = 1.3
"""A stroke is longer; full stops, and dust of their size, are everywhere."""
_STRAIGHT_MM = 14.0
"""No letter has a straight upright or level stroke of that length; streaks and ruled lines have."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """`sure`: px that are certainly strokes; `any`: all ink, to look for another sheet's strokes in.

    `darkness`: of the strokes where there are any, `faintest`: what this scan can still tell from paper; 0 to 255.
    """

    sure: Mask
    any: Mask
    darkness: float
    faintest: float


def strokes_of(ink: Gray, area: Mask) -> Strokes:
    """The strokes of a flat page; `area` is where its darkness is measured."""
    soft = np.asarray(cv2.GaussianBlur(ink, (0, 0), _SOFT_PX), np.uint8)
    inside = soft[area]
    inked = inside[inside > _LIKELY]
    darkness = float(np.percentile(inked, _DARKEST_PART)) if inked.size > PX_PER_MM**2 else 0.0
    noise = _NOISE * _spread(inside[inside <= _LIKELY])
    strong = max(float(np.clip(_STRONG * darkness, *_STRONG_RANGE)), noise)
    weak = max(_WEAK * strong, noise)
    sure = _stroke_like(soft > strong)
    return Strokes(sure, soft > weak, darkness, weak)


def _spread(bare: Gray) -> float:
    """Standard deviation of bare paper, by its median deviation."""
    return 1.48 * float(np.median(np.abs(bare - np.median(bare)))) if bare.size else 0.0


def _stroke_like(mask: Mask) -> Mask:
    plain = mask.astype(np.uint8)
    thick = round(_WIDEST_MM * PX_PER_MM) | 1
    blots = cv2.dilate(cv2.morphologyEx(plain, cv2.MORPH_OPEN, disc(thick)), disc(5))
    kept = np.asarray(cv2.subtract(plain, cv2.max(blots, _straight(plain))), np.uint8)
    count, marks, stats, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    large = np.zeros(count, np.bool_)
    large[1:] = stats[1:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max(axis=1) >= _SPECK_MM * PX_PER_MM
    return np.asarray(large[marks], np.bool_)


def _straight(plain: Gray) -> Gray:
    """Long upright and level lines, up to a lean of 2°."""
    thicker = cv2.dilate(plain, np.ones((3, 3), np.uint8))
    length = round(_STRAIGHT_MM * PX_PER_MM)
    lines = np.zeros_like(plain)
    for shape in ((length, 1), (1, length)):
        lines |= np.asarray(cv2.morphologyEx(thicker, cv2.MORPH_OPEN, np.ones(shape, np.uint8)), np.uint8)
    return lines
