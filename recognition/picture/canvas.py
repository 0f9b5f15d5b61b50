"""The upright page on a margin, and the way from its px to the picture's."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from recognition.files.raster import Raster
from recognition.files.turn import Gray
from recognition.geometry.placement import Box, Points, bounds

PAGE_PX = 1400
"""Long side of the page: print of 3 mm is 14 px high and stays legible on a phone."""
MARGIN_PX = 34
"""Around the page: cut edges are marked here, outside what was scanned."""
_DESK = (226, 228, 232)
_MOST_REDUCED = 8

Colour = tuple[int, int, int]


@dataclass(slots=True)
class Canvas:
    """An RGB picture; `turn` quarters clockwise bring the scanned page upright, `scale` its px to the picture's."""

    rgb: NDArray[np.uint8]
    page: Box
    quarters: int
    scale: tuple[float, float]
    size: tuple[int, int]

    def to_canvas(self, points: Points) -> Points:
        """From px of the page as it was scanned to px of this picture."""
        x, y = points[:, 0] * self.scale[0], points[:, 1] * self.scale[1]
        width, height = self.size[0] * self.scale[0], self.size[1] * self.scale[1]
        turned = ((x, y), (height - y, x), (width - x, height - y), (y, width - x))[self.quarters]
        return np.asarray(np.column_stack(turned) + np.array(self.page[:2]), np.float64)

    def outline(self, quad: Points, colour: Colour, width: int, *, dashed: bool = False) -> None:
        """A closed line around four points of this picture."""
        if not dashed:
            cv2.polylines(
                self.rgb, [_fixed(quad)], isClosed=True, color=colour, thickness=width, lineType=cv2.LINE_AA, shift=4
            )
            return
        for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
            for a, b in _dashes(start, end, 4.0 * width):
                self.line(a, b, colour, width)

    def line(self, start: Points, end: Points, colour: Colour, width: int) -> None:
        """A straight line between two points of this picture."""
        first, last = (tuple(round(float(v) * 16) for v in point) for point in (start, end))
        cv2.line(self.rgb, first, last, colour, width, cv2.LINE_AA, 4)

    def fill(self, box: Box, colour: Colour) -> None:
        """A filled upright box."""
        x, y, width, height = (round(v) for v in box)
        cv2.rectangle(self.rgb, (x, y), (x + width - 1, y + height - 1), colour, -1)


def canvas_for(raster: Raster, rotation: int) -> Canvas:
    """The scanned page turned upright (`rotation`: how far clockwise it lies), on its margin."""
    gray, scale = _shrunk(raster)
    quarters = -rotation // 90 % 4
    upright = np.ascontiguousarray(np.rot90(gray, -quarters))
    height, width = upright.shape
    rgb = np.empty((height + 2 * MARGIN_PX, width + 2 * MARGIN_PX, 3), np.uint8)
    rgb[:] = _DESK
    rgb[MARGIN_PX : MARGIN_PX + height, MARGIN_PX : MARGIN_PX + width] = upright[:, :, None]
    page = (float(MARGIN_PX), float(MARGIN_PX), float(width), float(height))
    return Canvas(rgb, page, quarters, scale, (raster.width, raster.height))


def _shrunk(raster: Raster) -> tuple[Gray, tuple[float, float]]:
    """The page with square pixels and a long side of PAGE_PX, and px of it per px of the scan."""
    x, y = raster.dpi or (1.0, 1.0)
    stretch = (max(x, y) / x, max(x, y) / y) if 0.25 < x / y < 4 else (1.0, 1.0)
    width, height = raster.width * stretch[0], raster.height * stretch[1]
    factor = PAGE_PX / max(width, height)
    size = max(1, round(width * factor)), max(1, round(height * factor))
    reduction = 1
    while reduction < _MOST_REDUCED and max(raster.width, raster.height) / (2 * reduction) >= PAGE_PX:
        reduction *= 2
    gray = raster.gray(reduction)
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    shrunk = np.asarray(cv2.resize(gray, size, interpolation=way), np.uint8)
    return shrunk, (size[0] / raster.width, size[1] / raster.height)


def image_of(canvas: Canvas) -> Image.Image:
    """The canvas as a Pillow picture."""
    return Image.fromarray(canvas.rgb)


def grown(quad: Points, by: float) -> Points:
    """A quadrilateral with each corner moved outwards from its middle."""
    middle = quad.mean(axis=0)
    away = quad - middle
    length = np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-6)
    return np.asarray(quad + away / length * by * math.sqrt(2), np.float64)


def box_quad(box: Box) -> Points:
    """The four corners of an upright box."""
    x, y, width, height = box
    return np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], np.float64)


def around(quad: Points) -> Box:
    """The upright box around a quadrilateral."""
    return bounds(quad)


def _fixed(quad: Points) -> NDArray[np.int32]:
    return np.round(quad * 16).astype(np.int32).reshape(-1, 1, 2)


def _dashes(start: Points, end: Points, length: float) -> list[tuple[Points, Points]]:
    whole = float(np.linalg.norm(end - start))
    count = max(3, round(whole / length / 2))
    steps = np.linspace(0, 1, 2 * count + 1)
    return [
        (start + (end - start) * a, start + (end - start) * b) for a, b in zip(steps[:-1:2], steps[1::2], strict=True)
    ]
