"""Where two sheets differ most, as boxes to point at."""

import cv2
import numpy as np

from recognition.geometry.placement import Points
from recognition.report import Box
from recognition.sheets.evidence import Evidence
from recognition.sheets.flat import PX_PER_MM
from recognition.sheets.masks import Mask, coarse

MOST_PLACES = 6
_COARSE = 3
_JOINED_MM = 7.0
"""Strokes of one word are one place, lines of writing are several."""
_LEAST_MM2 = 1.0
_MARGIN_MM = 1.5


def places_of(evidence: Evidence) -> tuple[Box, ...]:
    """At most MOST_PLACES boxes in mm of the upright page, those with most unlike ink first."""
    amount = coarse(evidence.first.lacks | evidence.second.lacks, _COARSE)
    reach = round(_JOINED_MM * PX_PER_MM / _COARSE)
    joined = cv2.morphologyEx((amount > 0).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((reach // 3, reach), np.uint8))
    count, marks, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    weight = np.bincount(marks.ravel(), amount.ravel(), minlength=count) * (_COARSE / PX_PER_MM) ** 2
    weight[0] = 0
    heaviest = [label for label in np.argsort(-weight)[:MOST_PLACES] if weight[label] >= _LEAST_MM2]
    return tuple(_box(stats[label]) for label in heaviest)


def points_of(mask: Mask) -> Points:
    """The middles of the mask's px, in mm."""
    y, x = np.nonzero(mask)
    return np.asarray((np.column_stack([x, y]) + 0.5) / PX_PER_MM, np.float64)


def _box(stats: np.ndarray[tuple[int, ...], np.dtype[np.int32]]) -> Box:
    x, y, width, height = (float(value) * _COARSE / PX_PER_MM for value in stats[:4])
    grow = _MARGIN_MM
    return round(x - grow, 1), round(y - grow, 1), round(width + 2 * grow, 1), round(height + 2 * grow, 1)
