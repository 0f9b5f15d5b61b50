"""The picture as a measure of paper: its resolution, and the copy of it that is searched."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from recognition.files.raster import Raster
from recognition.files.turn import Gray
from recognition.geometry.placement import Placement

MM_PER_INCH = 25.4
WORK_DPI = 150
"""Symbols of 0.5 mm modules and 5 mm squares are found at this resolution; more costs time and gains nothing."""
_FINEST_REDUCED = 212
"""Below this a half would have less than 106 dpi: such a picture is searched whole."""
_SIZE_RANGE = (0.6, 1.45)
"""A stated resolution that makes the sheet this much smaller or larger than the form's paper states nothing."""
_ASPECT_SLACK = 0.004
"""A picture of exactly the paper's proportions shows the whole sheet; one px in 1200 is 0.1 %."""
_SQUARE_PIXELS = 0.02
_EXACT_PIXELS = 0.004


@dataclass(frozen=True, slots=True)
class Frame:
    """Size in px; `dpi` (x, y) where anything tells it; `exact` where it is good enough to measure print scale by."""

    width: int
    height: int
    dpi: tuple[float, float] | None
    exact: bool

    def guessed_dpi(self, paper: tuple[float, float]) -> float:
        """The stated resolution, else that of a picture whose long side is the paper's."""
        if self.dpi:
            return math.sqrt(self.dpi[0] * self.dpi[1])
        return max(self.width, self.height) / max(paper) * MM_PER_INCH


def frame_of(raster: Raster, paper: tuple[float, float]) -> Frame:
    """Decides what the file's own statement of resolution is worth against the paper of the form."""
    size = raster.width, raster.height
    if raster.dpi and _fits(size, raster.dpi, paper):
        x, y = raster.dpi
        uneven = abs(x / y - 1)
        # Pixels nearly but not quite square: a program has stretched the scan to its page box, so its mm are no mm.
        return Frame(*size, raster.dpi, exact=uneven <= _EXACT_PIXELS or uneven > _SQUARE_PIXELS)
    aspect = max(size) / min(size) / (max(paper) / min(paper))
    if abs(aspect - 1) <= _ASPECT_SLACK:
        whole = max(size) / max(paper) * MM_PER_INCH
        return Frame(*size, (whole, whole), exact=True)
    return Frame(*size, None, exact=False)


def _fits(size: tuple[int, int], dpi: tuple[float, float], paper: tuple[float, float]) -> bool:
    sides = sorted(px / per_inch * MM_PER_INCH for px, per_inch in zip(size, dpi, strict=True))
    return all(_SIZE_RANGE[0] <= side / true <= _SIZE_RANGE[1] for side, true in zip(sides, sorted(paper), strict=True))


@dataclass(frozen=True, slots=True)
class Work:
    """The grey copy that is searched, with square pixels; `fx`, `fy` are its px per px of the picture."""

    gray: Gray
    fx: float
    fy: float

    def to_picture(self, placement: Placement) -> Placement:
        """A placement found here, in px of the picture."""
        return placement.scaled(1 / self.fx, 1 / self.fy)


def work_copy(raster: Raster, frame: Frame, paper: tuple[float, float], *, fine: bool = False) -> Work:
    """The copy nearest WORK_DPI, or, `fine`, the whole picture."""
    reduction = 1
    dpi = frame.guessed_dpi(paper)
    while not fine and dpi / reduction > _FINEST_REDUCED and reduction < 8:
        reduction *= 2
    gray = raster.gray(reduction)
    fx = fy = 1 / reduction
    if frame.dpi and abs(frame.dpi[0] / frame.dpi[1] - 1) > _SQUARE_PIXELS:
        square = _squared(gray, frame.dpi)
        fx, fy = fx * square.shape[1] / gray.shape[1], fy * square.shape[0] / gray.shape[0]
        gray = square
    return Work(gray, fx, fy)


def _squared(gray: Gray, dpi: tuple[float, float]) -> Gray:
    """Fax-like pixels made square by stretching the coarser side."""
    height, width = gray.shape
    finest = max(dpi)
    size = (round(width * finest / dpi[0]), round(height * finest / dpi[1]))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_LINEAR), np.uint8)
