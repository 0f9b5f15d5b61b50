"""A sheet of paper on its way through the printer and the scanner, and what it must confess afterwards."""

from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.codes import PageProblem
from recognition.form import Box, Form, Identity, PageKind

Picture = NDArray[np.uint8]
"""Height × width, or height × width × 3 in OpenCV's order blue, green, red."""

PAPER = 248
"""Reflectance of bare paper; the scanner's lid behind it reflects 255."""


@dataclass(slots=True)
class ScanPass:
    """One pass of the scanner: what is natural, until a defect changes it.

    `window` is the glass in mm, in the paper's own coordinates; what lies outside it is lost.
    """

    dpi: int
    window: Box
    skew_deg: float = 0.0
    offset_mm: tuple[float, float] = (0.0, 0.0)
    scale_x: float = 1.0
    scale_y: float = 1.0
    print_scale: float = 1.0
    blur_px: float = 0.6
    blur_mm: float = 0.0
    white: float = 246.0
    black: float = 28.0
    noise: float = 2.0
    quality: int = 85
    by_phone: bool = False


@dataclass(slots=True)
class Sheet:
    """The page being made. `picture` is in the form's coordinates.

    `px_per_mm` is the pitch that was asked for, `pitch` the exact one across and down: half a pixel over a page.
    """

    picture: Picture
    px_per_mm: float
    pitch: tuple[float, float]
    form: Form
    kind: PageKind | None
    identity: Identity | None
    scan: ScanPass
    rng: np.random.Generator
    defects: list[dict[str, Any]] = field(default_factory=list)

    def confess(self, code: PageProblem, place: Box | None = None, **detail: Any) -> None:
        """Writes a defect into the truth; `place` in mm of the upright page."""
        box = None if place is None else [round(float(value), 2) for value in place]
        self.defects.append({"code": code.value, "place_mm": box, "detail": detail})

    def uniform(self, low: float, high: float) -> float:
        """A number from the defect's own draw."""
        return float(self.rng.uniform(low, high))

    def pick(self, names: tuple[str, ...]) -> str:
        """One of the names."""
        return names[int(self.rng.integers(len(names)))]

    def view(self, place: Box, margin: float = 0.0) -> Picture:
        """The picture's part under a box, grown by a margin in mm; writing into it changes the sheet."""
        x, y, width, height = place
        left, top = self._px(x - margin), self._px(y - margin)
        right, bottom = self._px(x + width + margin), self._px(y + height + margin)
        return self.picture[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]

    def _px(self, mm: float) -> int:
        return round(mm * self.px_per_mm)

    def strokes(self, paths: list[NDArray[np.float64]], width_mm: float, level: int) -> None:
        """Draws lines through points in mm, anti-aliased, over whatever is there."""
        fine = 16
        points = [np.rint((path * self.px_per_mm - 0.5) * fine).astype(np.int32) for path in paths]
        thickness = max(1, round(width_mm * self.px_per_mm))
        colour = (level, level, level)
        cv2.polylines(self.picture, points, False, colour, thickness, cv2.LINE_AA, shift=4)

    def fill(self, corners: list[tuple[float, float]], level: int) -> None:
        """Fills a polygon in mm."""
        points = np.rint(np.array(corners) * self.px_per_mm).astype(np.int32)
        cv2.fillPoly(self.picture, [points], (level, level, level), cv2.LINE_AA)
