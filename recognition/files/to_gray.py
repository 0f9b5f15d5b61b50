"""Eight grey bits of whatever Pillow has decoded, without a second picture of the same size in memory."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from recognition.files.turn import Gray

_BAND_PX = 4_000_000
"""Turned to grey at a time: 80 Mpx of colour take 320 MB as they are, and a copy would break the child's limit."""
_FULL_SCALES = (1.0, 255.0, 1023.0, 4095.0, 16383.0, 65535.0)
"""What white may be in wide pixels: devices store their 10, 12 or 14 bits in 16 without saying so. A page has paper on
it, and paper is more than a quarter of white."""


def to_gray(image: Image.Image) -> Gray:
    """The picture in grey; what is transparent lies on white paper. Raises what Pillow raises for damaged data."""
    image.load()
    if image.mode.startswith("I") or image.mode == "F":
        return _from_wide(np.asarray(image))
    if image.mode == "LAB":
        return np.array(image.getchannel("L"), np.uint8)
    if image.mode == "La":
        image = image.convert("LA")
    if image.mode == "L" and "transparency" not in image.info:
        return np.array(image, np.uint8)
    width, height = image.size
    see_through = _is_see_through(image)
    pixels = np.empty((height, width), np.uint8)
    rows = max(1, _BAND_PX // width)
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        band = image.crop((0, top, width, bottom))
        pixels[top:bottom] = _on_white(band) if see_through else np.asarray(band.convert("L"), np.uint8)
    return pixels


def over_white(bgra: NDArray[np.uint8]) -> Gray:
    """Blue, green, red and, where there is a fourth, opacity; in grey on white paper."""
    if bgra.shape[2] == 3:
        return np.asarray(cv2.cvtColor(bgra, cv2.COLOR_BGR2GRAY), np.uint8)
    pixels = np.empty(bgra.shape[:2], np.uint8)
    rows = max(1, _BAND_PX // max(1, bgra.shape[1]))
    shows = bool(bgra[:, :, 3].any())
    for top in range(0, len(bgra), rows):
        band = bgra[top : top + rows]
        gray = np.asarray(cv2.cvtColor(band, cv2.COLOR_BGRA2GRAY), np.uint16)
        cover = band[:, :, 3].astype(np.uint16)
        pixels[top : top + rows] = (gray * cover + 255 * (255 - cover) + 127) // 255 if shows else gray
    return pixels


def _is_see_through(image: Image.Image) -> bool:
    """Whether transparency means anything: programs that know none leave a fourth byte of nought all over."""
    if "transparency" in image.info:
        return True
    if "A" not in image.getbands():
        return False
    lowest, highest = image.getchannel("A").getextrema()
    return isinstance(highest, int) and highest > 0 and lowest != 255


def _on_white(band: Image.Image) -> Gray:
    coloured = band.convert("RGBA")
    paper = Image.new("RGBA", coloured.size, "white")
    return np.asarray(Image.alpha_composite(paper, coloured).convert("L"), np.uint8)


def _from_wide(wide: NDArray[Any]) -> Gray:
    brightest = float(wide.max(initial=0))
    white = next((scale for scale in _FULL_SCALES if brightest <= scale), brightest)
    pixels = np.empty(wide.shape, np.uint8)
    rows = max(1, _BAND_PX // max(1, wide.shape[1]))
    for top in range(0, len(wide), rows):
        band = wide[top : top + rows].astype(np.float32)
        pixels[top : top + rows] = np.clip(band * (255.0 / white), 0, 255)
    return pixels
