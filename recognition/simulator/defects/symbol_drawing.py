"""Draws and reads QR symbols on a sheet."""

import cv2
import numpy as np
import segno
import zxingcpp

from recognition.form import Box
from recognition.simulator.sheet import Picture, Sheet
from recognition.symbols.quality import quality_of
from recognition.symbols.reading import read

_VERSION = 3


def quiet_zone(box: Box) -> float:
    """Four modules in mm, for a symbol of version 3 or more."""
    return box[2] * 4 / 29


def draw_symbol(sheet: Sheet, box: Box, text: str) -> None:
    """Prints another symbol in the place of the form's own."""
    try:
        symbol = segno.make_qr(text, error="h", boost_error=False, version=_VERSION)
    except segno.DataOverflowError:
        symbol = segno.make_qr(text, error="m", boost_error=False)
    modules = np.array([list(row) for row in symbol.matrix], np.uint8)
    target = sheet.view(box)
    size = (target.shape[1], target.shape[0])
    drawn = cv2.resize((1 - modules) * 255, size, interpolation=cv2.INTER_NEAREST_EXACT)
    target[...] = drawn if target.ndim == 2 else drawn[..., None]


def erase(sheet: Sheet, box: Box, level: int) -> None:
    """Leaves bare paper where the symbol and half of its quiet zone were."""
    sheet.view(box, quiet_zone(box) / 2)[...] = level


def readable(sheet: Sheet, box: Box) -> bool:
    """Whether a symbol can still be read there, also after the usual repairs of a picture."""
    part = sheet.view(box, quiet_zone(box))
    grey: Picture = np.asarray(part if part.ndim == 2 else cv2.cvtColor(part, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    return any(zxingcpp.read_barcodes(np.ascontiguousarray(look)) for look in _looks(grey))


def unused_correction(sheet: Sheet, box: Box) -> float | None:
    """The part of the error correction that a sharp look at the symbol leaves unused; None where it cannot be read."""
    part = sheet.view(box, quiet_zone(box))
    grey: Picture = np.asarray(part if part.ndim == 2 else cv2.cvtColor(part, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    seen = read(np.ascontiguousarray(grey))
    if not seen or seen[0].text is None or seen[0].variant is None:
        return None
    quality = quality_of(np.ascontiguousarray(grey), seen[0].quad, seen[0].text, seen[0].variant)
    return quality.unused_correction if quality else None


def _looks(grey: Picture) -> list[Picture]:
    """The repairs that a reader may try: blur, median, closing, opening, sharpening, three ways of thresholding."""
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    cross, feed = np.ones((3, 3), np.uint8), np.ones((1, 3), np.uint8)
    soft = cv2.GaussianBlur(half, (0, 0), 2)
    looks = [
        grey,
        cv2.GaussianBlur(grey, (0, 0), 1.5),
        cv2.medianBlur(grey, 5),
        cv2.morphologyEx(grey, cv2.MORPH_CLOSE, cross),
        cv2.morphologyEx(grey, cv2.MORPH_OPEN, cross),
        cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1],
        cv2.threshold(grey, 40, 255, cv2.THRESH_BINARY)[1],
        cv2.threshold(grey, 200, 255, cv2.THRESH_BINARY)[1],
        half,
        cv2.morphologyEx(half, cv2.MORPH_CLOSE, feed),
        cv2.morphologyEx(half, cv2.MORPH_OPEN, feed),
        cv2.addWeighted(half, 4, soft, -3, 0),
        cv2.adaptiveThreshold(half.astype(np.uint8), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 51, 10),
    ]
    return [np.asarray(look, dtype=np.uint8) for look in looks]
