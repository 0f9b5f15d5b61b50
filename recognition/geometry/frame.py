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
_NEAR_ASPECT = 0.015
"""Proportions this near may still be those of a sheet whose edge the scanner trimmed by a millimetre or two."""
_TRUE_STATEMENT = 0.03
_TRUE_SHEET = 0.02
"""Printers and feeds together stay within 1 %: the resolution that makes print this near to full size is true."""
_OTHER_PAPERS = ((148.0, 210.0), (297.0, 420.0))
"""A5 and A3 have A4's proportions, so only the resolution tells them from it."""
_ROUND_DPI = (75, 100, 120, 150, 200, 240, 250, 300, 400, 600, 1200)
_FAX_DPI = (98, 196, 204, 391, 408)
_ROUNDING = 0.006
"""Programs round a page of 595.28 x 841.89 points to whole ones, and a scan may be some px short of the page."""
_ROUND_SLACK = 0.012
"""What a picture trimmed by 3 mm makes of the resolution: scanners scan at round ones."""
_SQUARE_PIXELS = 0.02
_EXACT_PIXELS = 0.004


@dataclass(frozen=True, slots=True)
class Frame:
    """Size in px; `dpi` (x, y) where anything tells it; `exact` where it is good enough to measure print scale by.

    `odd`: no scanner's resolution, but what fitting a picture into a page makes. `detail_dpi`: what the picture was
    drawn from has no more than this.
    """

    width: int
    height: int
    dpi: tuple[float, float] | None
    exact: bool
    odd: bool = False
    detail_dpi: float | None = None

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
        if raster.fitted and not (_is_round(x) and _is_round(y)):
            return Frame(*size, raster.dpi, exact=False, odd=True)
        uneven = abs(x / y - 1)
        # Pixels nearly but not quite square: a program has stretched the scan to its page box, so its mm are no mm.
        exact = uneven <= _EXACT_PIXELS or uneven > _SQUARE_PIXELS
        return Frame(*size, raster.dpi, exact, detail_dpi=raster.detail_dpi)
    if _aspect_off(size, paper) <= _ASPECT_SLACK:
        whole = _whole_sheet_dpi(size, paper)
        return Frame(*size, (whole, whole), exact=True)
    return Frame(*size, None, exact=False)


def corrected(frame: Frame, printed_dpi: float, paper: tuple[float, float]) -> Frame:
    """The frame once it is known at how many px per inch the form itself lies in the picture.

    A picture of the paper's proportions on which the form has its full size shows the whole sheet, whatever resolution
    the file states: a program has rewritten the tag or fitted the scan into a page of another size. Where the statement
    explains the size of the print just as well, it stands.
    """
    size = frame.width, frame.height
    if frame.dpi is None or _aspect_off(size, paper) > _NEAR_ASPECT:
        return frame
    whole = _whole_sheet_dpi(size, paper)
    if _is_other_paper(frame, whole):
        return frame
    if abs(printed_dpi / frame.guessed_dpi(paper) - 1) <= _TRUE_STATEMENT or abs(printed_dpi / whole - 1) > _TRUE_SHEET:
        return frame
    return Frame(*size, (whole, whole), exact=True)


def _is_other_paper(frame: Frame, whole: float) -> bool:
    """A scanner's resolution that makes the picture A5 or A3, where the form's paper would need one no scanner has."""
    if frame.dpi is None or _is_round(whole) or not all(_is_round(dpi) for dpi in frame.dpi):
        return False
    sides = sorted(px / dpi * MM_PER_INCH for px, dpi in zip((frame.width, frame.height), frame.dpi, strict=True))
    return any(all(abs(a / b - 1) < _TRUE_SHEET for a, b in zip(sides, other, strict=True)) for other in _OTHER_PAPERS)


def _is_round(dpi: float) -> bool:
    return any(abs(dpi / known - 1) <= _ROUNDING for known in (*_ROUND_DPI, *_FAX_DPI))


def _aspect_off(size: tuple[int, int], paper: tuple[float, float]) -> float:
    return abs(max(size) / min(size) / (max(paper) / min(paper)) - 1)


def _whole_sheet_dpi(size: tuple[int, int], paper: tuple[float, float]) -> float:
    """The resolution of a picture that shows the whole sheet: the round one nearby, else just what its length gives."""
    whole = max(size) / max(paper) * MM_PER_INCH
    return next((float(dpi) for dpi in _ROUND_DPI if abs(whole / dpi - 1) <= _ROUND_SLACK), whole)


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
