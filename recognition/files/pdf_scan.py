"""Takes the scan out of a PDF page that is nothing but one picture.

Drawing such a page costs five times as much as decoding the picture in it, and blurs it. The picture is taken only
where it shows all that the page shows: one image, no other visible object, filling most of the page, not masked, not
recoloured. Everything else is left to be drawn (ISO 32000-1, 8.9).
"""

import io
import math
import mmap
import re

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from recognition.files.raster import ArraySource, JpegSource, Raster, Source, check_size
from recognition.files.turn import Gray, matrix_turn
from recognition.limits import Limits

_OUTSIDE = 0.1
"""How far a picture may reach over the page's edge, as a part of the page's side: a scan of A4 on a Letter page loses
3 % at each end. A page that shows only one half of a larger scan is cut on purpose and is drawn."""
_LEAST_COVER = 0.6
"""Part of the page's area that its only picture fills at least: fitted into another size of paper it leaves margins."""
_INVISIBLE = 3
"""Text rendering mode of the layer that text recognition puts under a scan (ISO 32000-1, 9.3.6)."""
_POINTS_PER_INCH = 72
_FINGERPRINT = 512
_DICTIONARY_BYTES = 4096
_MASKED = re.compile(rb"/(SMask|Mask|ImageMask)\b(?!\s*false)")
_DECODE = re.compile(rb"/Decode\s*(\[[^\]]*\]|\d+)")
_PLAIN_DECODE = re.compile(rb"\[\s*(0(\.0*)?\s+1(\.0*)?\s*)+\]")
_PLAIN_COLOURS = (
    pdfium_c.FPDF_COLORSPACE_DEVICEGRAY,
    pdfium_c.FPDF_COLORSPACE_DEVICERGB,
    pdfium_c.FPDF_COLORSPACE_CALGRAY,
    pdfium_c.FPDF_COLORSPACE_CALRGB,
    pdfium_c.FPDF_COLORSPACE_ICCBASED,
)


class RawFinder:
    """Finds where a picture's raw bytes stand in the file.

    Pages come mostly in the order of their pictures, so each search begins where the last one ended: over two hundred
    pages the file is passed once, not two hundred times.
    """

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self._mapped = data.obj if isinstance(data.obj, mmap.mmap) else bytes(data)
        self._last = 0

    def find(self, raw: bytes) -> int:
        """The offset of the bytes, -1 where they are not in the file as they are."""
        start = raw[:_FINGERPRINT]
        at = self._mapped.find(start, self._last) if start else -1
        if at < 0 and start:
            at = self._mapped.find(start)
        self._last = max(0, at)
        return at


def extract_scan(finder: RawFinder, page: pdfium.PdfPage, limits: Limits) -> Raster | None:
    """The page's one picture turned as the page shows it, or None where the page must be drawn.

    Raises FileRefusedError: too_many_pixels.
    """
    image = _only_image(page, limits)
    if image is None or not _covers(page, image):
        return None
    a, b, c, d, _, _ = image.get_matrix().get()
    turn = matrix_turn(a, b, c, d)
    if turn is None:
        return None
    width, height = image.get_px_size()
    check_size(width, height, limits)
    source = _source(finder, image)
    if source is None:
        return None
    dpi = (
        width / math.hypot(a, b) * _POINTS_PER_INCH,
        height / math.hypot(c, d) * _POINTS_PER_INCH,
    )
    turn = turn.then(page.get_rotation() // 90)
    if turn.swaps_sides:
        width, height, dpi = height, width, (dpi[1], dpi[0])
    return Raster(width, height, source, dpi, turn, fitted=True)


def detail_dpi(page: pdfium.PdfPage, limits: Limits) -> float | None:
    """The mean resolution of the pictures that together fill most of a page; None where they do not."""
    if pdfium_c.FPDFPage_CountObjects(page) > limits.page_objects:
        return None
    width, height = page.get_size()
    covered, pixels = 0.0, 0
    for image in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=1):
        a, b, c, d, _, _ = image.get_matrix().get()
        covered += abs(a * d - b * c)
        pixels += math.prod(image.get_px_size())
    filled = covered >= _LEAST_COVER * width * height > 0
    return math.sqrt(pixels / covered) * _POINTS_PER_INCH if filled else None


def _only_image(page: pdfium.PdfPage, limits: Limits) -> pdfium.PdfImage | None:
    if pdfium_c.FPDFPage_GetAnnotCount(page) or pdfium_c.FPDFPage_CountObjects(page) > limits.page_objects:
        return None
    found: pdfium.PdfImage | None = None
    for item in page.get_objects(max_depth=1):
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE and found is None:
            found = item
        elif not _is_invisible_text(item):
            return None
    return found


def _is_invisible_text(item: pdfium.PdfObject) -> bool:
    return bool(item.type == pdfium_c.FPDF_PAGEOBJ_TEXT and pdfium_c.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE)


def _covers(page: pdfium.PdfPage, image: pdfium.PdfImage) -> bool:
    left, bottom, right, top = page.get_cropbox(fallback_ok=True)
    width, height = right - left, top - bottom
    x0, y0, x1, y1 = image.get_bounds()
    beyond_x, beyond_y = max(left - x0, x1 - right), max(bottom - y0, y1 - top)
    covered = max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    return bool(
        beyond_x <= _OUTSIDE * width and beyond_y <= _OUTSIDE * height and covered >= _LEAST_COVER * width * height
    )


def _source(finder: RawFinder, image: pdfium.PdfImage) -> Source | None:
    raw = bytes(image.get_data())
    dictionary = _dictionary(finder, raw)
    if dictionary is None or _MASKED.search(dictionary) or pdfium_c.FPDFPageObj_HasTransparency(image):
        return None
    if image.get_filters() == ["DCTDecode"] and _is_plain_jpeg(raw, dictionary, image):
        return JpegSource(raw)
    return ArraySource(_bitmap_gray(image.get_bitmap(render=False)))


def _dictionary(finder: RawFinder, raw: bytes) -> bytes | None:
    """The text of the picture's dictionary, which pdfium does not show: it stands in the file before the raw bytes.

    None where the raw bytes are not in the file as they are (an encrypted file, an inline picture).
    """
    at = finder.find(raw)
    if at < 0:
        return None
    before = bytes(finder.data[max(0, at - _DICTIONARY_BYTES) : at])
    start = before.rfind(b" obj")
    return before[start:] if start >= 0 else None


def _is_plain_jpeg(raw: bytes, dictionary: bytes, image: pdfium.PdfImage) -> bool:
    decode = _DECODE.search(dictionary)
    if decode and not _PLAIN_DECODE.fullmatch(decode.group(1)):
        return False
    plain = re.search(rb"/ColorSpace\s*/(DeviceGray|DeviceRGB)\b", dictionary)
    if not plain and image.get_metadata().colorspace not in _PLAIN_COLOURS:
        return False
    try:
        with Image.open(io.BytesIO(raw), formats=("JPEG",)) as header:
            return header.mode in ("L", "RGB") and header.size == image.get_px_size()
    except (OSError, SyntaxError, ValueError):
        return False


def _bitmap_gray(bitmap: pdfium.PdfBitmap) -> Gray:
    pixels = bitmap.to_numpy()
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.array(pixels.reshape(bitmap.height, -1), np.uint8)
    code = cv2.COLOR_BGR2GRAY if pixels.shape[2] == 3 else cv2.COLOR_BGRA2GRAY
    return np.asarray(cv2.cvtColor(pixels, code), np.uint8)
