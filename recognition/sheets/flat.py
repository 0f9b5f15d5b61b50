"""A page laid flat: its ink in the page's own coordinates, whatever the scanner did to it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.files.raster import Raster
from recognition.files.turn import Gray
from recognition.form import Form
from recognition.geometry.frame import Work, work_copy
from recognition.geometry.placement import Placement
from recognition.pages.findings import Findings
from recognition.sheets.tones import keeps_tones

PX_PER_MM = 6.0
"""About 150 dpi: a pen's stroke is 2 to 4 px wide."""
_PAPER_CELL_PX = 24
"""4 mm: wider than any stroke, narrower than the shadow of a fold."""
_LEAST_CONTRAST = 20.0

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Flat:
    """`ink`: 0 bare paper to 255 as dark as the page's own black, PX_PER_MM; `seen`: 255 where the scan shows the page.

    `named` where symbols tell the placement, else it may be upside down; `tonal` where the scan kept greys, and with
    them pale strokes.
    """

    ink: Gray
    seen: Gray
    placement: Placement
    named: bool
    tonal: bool

    def turned(self, paper: tuple[float, float]) -> "Flat":
        """The page of which the guess was upside down."""
        half = np.array([(-1.0, 0.0, paper[0]), (0.0, -1.0, paper[1]), (0.0, 0.0, 1.0)])
        ink, seen = (np.ascontiguousarray(part[::-1, ::-1]) for part in (self.ink, self.seen))
        return Flat(ink, seen, Placement(self.placement.matrix @ half), self.named, self.tonal)


def flatten(raster: Raster, findings: Findings, form: Form) -> Flat:
    """The page by its placement. Raises FileRefusedError where its pixels cannot be decoded."""
    work = work_copy(raster, findings.frame, form.paper)
    there = findings.placement
    size = round(form.paper[0] * PX_PER_MM), round(form.paper[1] * PX_PER_MM)
    matrix = _canvas_to_work(there, work)
    gray = _warped(work.gray, matrix, size, border=255)
    seen = _warped(np.full_like(work.gray, 255), matrix, size, border=0)
    return Flat(ink_of(gray), seen, there, findings.identity is not None, keeps_tones(raster.gray()))


def _canvas_to_work(placement: Placement, work: Work) -> NDArray[np.float64]:
    """From indices of the flat page to indices of the work copy; both count pixel centres, placements pixel edges."""
    to_mm = np.array([(1 / PX_PER_MM, 0, 0.5 / PX_PER_MM), (0, 1 / PX_PER_MM, 0.5 / PX_PER_MM), (0, 0, 1)])
    to_index = np.array([(1.0, 0, -0.5), (0, 1.0, -0.5), (0, 0, 1)])
    return np.asarray(to_index @ np.diag((work.fx, work.fy, 1.0)) @ placement.matrix @ to_mm, np.float64)


def _warped(gray: Gray, matrix: NDArray[np.float64], size: tuple[int, int], border: int) -> Gray:
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(gray, matrix, size, flags=flags, borderValue=border), np.uint8)


def ink_of(gray: Gray) -> Gray:
    """How much of the light the ink takes, against the paper around it and the darkest print of the page."""
    paper = np.maximum(_paper(gray), 1.0)
    taken = np.clip(1.0 - gray.astype(np.float32) / paper, 0, 1)
    black = float(np.percentile(taken[::3, ::3], 99.0))
    return np.asarray(np.clip(taken * (255 / max(black, _LEAST_CONTRAST / 255)), 0, 255), np.uint8)


def _paper(gray: Gray) -> Floats:
    """The brightness of bare paper everywhere: the brightest of each neighbourhood, smoothed."""
    height, width = gray.shape
    small = cv2.resize(gray, (width // 3, height // 3), interpolation=cv2.INTER_AREA)
    kernel = np.ones((_PAPER_CELL_PX // 3, _PAPER_CELL_PX // 3), np.uint8)
    bright = cv2.medianBlur(np.asarray(cv2.dilate(small, kernel), np.uint8), 15)
    level = cv2.resize(cv2.GaussianBlur(bright, (0, 0), 6), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(level, np.float32)
