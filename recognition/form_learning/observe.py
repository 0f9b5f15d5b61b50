"""What a drawn page shows: its symbols, its black squares, and where they stand in mm."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pypdfium2.raw as pdfium_c
import zxingcpp
from numpy.typing import NDArray

from recognition.form import Box
from recognition.form_learning.faults import LearnError, LearnFault

DPI = 600
"""A pixel of 0.042 mm: PDFium draws upright rectangles to whole pixels, so nothing finer can be told."""
_PX = DPI / 25.4
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_PAPER, _INK = 250, 128
_LEAST_MM, _MOST_MM = 2.5, 20.0
"""Sides of a square: below it is a bullet of a list, above it is a filled box."""
_RING_MM = 0.6
"""White around a square: what touches or nearly touches other ink is part of a drawing."""
_SOLID, _EVEN = 0.97, 0.05
"""Black part of its box, and how far width and height may be apart: a filled circle has 0.79 of its box."""
_PICTURE_SHARE = 0.7
"""A picture that covers more of the page than this is a scan of it."""

Gray = NDArray[np.uint8]
Scale = tuple[float, float]
"""Pixels a millimetre: a page is drawn to whole pixels, so a little off the nominal."""


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One page of the file. `paper` and boxes in mm, the page turned so that its symbols stand upright."""

    paper: tuple[float, float]
    texts: tuple[str, ...]
    symbols: tuple[Box, ...]
    squares: tuple[Box, ...]


def observe(page: Any, number: int) -> SeenPage:
    """Draws the page and looks. Raises LearnError for a page that is a scan or has too many symbols."""
    if _is_scan(page):
        raise LearnError(LearnFault.SCANNED, page=number)
    size = np.array(page.get_size()) / 72 * 25.4
    if not (size.min() >= 50 and size.max() <= 1000):
        raise LearnError(LearnFault.UNUSABLE, page=number)
    gray = _draw(page)
    seen = _read(gray)
    turns = {round(one.orientation / 90) % 4 for one in seen}
    if len(turns) == 1 and turns != {0}:
        gray = np.ascontiguousarray(np.rot90(gray, turns.pop()))
        size = size if gray.shape[1] > gray.shape[0] == (size[0] > size[1]) else size[::-1]
        seen = _read(gray)
    scale = (gray.shape[1] / size[0], gray.shape[0] / size[1])
    boxes = [_symbol_box(gray, one, scale) for one in seen]
    ordered = sorted(zip(boxes, (one.text for one in seen), strict=True), key=lambda pair: (pair[0][1], pair[0][0]))
    return SeenPage(
        (round(float(size[0]), 2), round(float(size[1]), 2)),
        tuple(text for _, text in ordered),
        tuple(box for box, _ in ordered),
        tuple(_squares(gray, boxes, scale)),
    )


def _is_scan(page: Any) -> bool:
    width, height = page.get_size()
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) > _PICTURE_SHARE * width * height:
            return True
    return False


def _draw(page: Any) -> Gray:
    bitmap = page.render(scale=DPI / 72, grayscale=True)
    gray = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy()
    bitmap.close()
    return np.asarray(gray, np.uint8)


def _read(gray: Gray) -> list[Any]:
    """Symbols of the page, read at half its size; the corners are in px of that half."""
    half = np.asarray(cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    return [one for one in zxingcpp.read_barcodes(half, formats=_QR, try_invert=False) if one.valid]


def _symbol_box(gray: Gray, seen: Any, scale: Scale) -> Box:
    """Outer edge of the dark modules: the extent of ink within the reader's corners and a little more."""
    position = seen.position
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    points = 2 * np.array([(point.x, point.y) for point in corners])
    margin = 0.03 * float(np.ptp(points[:, 0]))
    low, high = np.maximum(points.min(axis=0) - margin, 0), points.max(axis=0) + margin + 1
    x, y = int(low[0]), int(low[1])
    return _extent(gray[y : int(high[1]) + 1, x : int(high[0]) + 1], x, y, scale)


def _extent(patch: Gray, x: int, y: int, scale: Scale) -> Box:
    """Bounds of the ink of a patch in mm. A pixel that is half covered is half black: that is the part to count."""
    left, right = _ends(patch.min(axis=0))
    top, bottom = _ends(patch.min(axis=1))
    values = ((x + left) / scale[0], (y + top) / scale[1], (right - left) / scale[0], (bottom - top) / scale[1])
    return (round(values[0], 2), round(values[1], 2), round(values[2], 2), round(values[3], 2))


def _ends(darkest: NDArray[np.uint8]) -> tuple[float, float]:
    inked = np.flatnonzero(darkest < _PAPER)
    if not len(inked):
        return 0.0, float(len(darkest))
    cover = 1 - darkest.astype(float) / 255
    return inked[0] + 1 - cover[inked[0]], inked[-1] + cover[inked[-1]]


def _squares(gray: Gray, symbols: list[Box], scale: Scale) -> list[Box]:
    """Solid black squares that stand alone, symbols apart, from top to bottom."""
    ink = (gray < _INK).astype(np.uint8)
    for x, y, width, height in symbols:
        ink[int(y * _PX) : int((y + height) * _PX) + 2, int(x * _PX) : int((x + width) * _PX) + 2] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = [_square(gray, scale, *(int(value) for value in row)) for row in stats[1:]]
    return sorted((box for box in found if box), key=lambda box: (box[1], box[0]))


def _square(gray: Gray, scale: Scale, x: int, y: int, width: int, height: int, area: int) -> Box | None:
    if not (min(width, height) >= _LEAST_MM * _PX and max(width, height) <= _MOST_MM * _PX):
        return None
    if abs(width - height) > _EVEN * width + 1 or area < _SOLID * width * height:
        return None
    ring = int(_RING_MM * _PX)
    around = gray[max(0, y - ring) : y + height + ring, max(0, x - ring) : x + width + ring].copy()
    inner = around[max(0, min(y, ring) - 1) :, max(0, min(x, ring) - 1) :][: height + 2, : width + 2]
    box = _extent(inner.copy(), max(0, x - 1), max(0, y - 1), scale)
    inner[:] = 255
    return box if (around > _PAPER).mean() > 0.995 else None
