"""One picture of a PDF as a source of pixels: its JPEG as it stands, else what pdfium unpacks (ISO 32000-1, 8.9.5)."""

import ctypes
import re

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from recognition.codes import FileError
from recognition.files.jpeg_header import read_frame
from recognition.files.pdf_streams import PdfStreams
from recognition.files.raster import ArraySource, JpegSource, Source
from recognition.files.refused import FileRefusedError
from recognition.files.turn import Gray

_NOT_ALONE = re.compile(rb"/(SMask|Mask|SMaskInData|OC|F|FFilter|FDecodeParms)\b(?!\s*(false|0(?!\s+\d+\s+R)))")
"""What lets other things show through a picture, hides it, or keeps its pixels elsewhere."""
_STENCIL = re.compile(rb"/ImageMask\s+true\b")
"""Paints one colour where its samples say so: what many devices make of a bilevel scan."""
_DECODE = re.compile(rb"/Decode\b(?!\s*\[\s*(0(\.0*)?\s+1(\.0*)?\s*)+\])")
_ESCAPED = re.compile(rb"/[^\s/<>\[\]()]*#")
"""A name written with # may be any of those above."""
_SIMPLE = frozenset(("", "FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode"))
"""Filters that pack any bytes; pdfium undoes them alone."""
_BITS = re.compile(rb"/BitsPerComponent\s+(\d{1,2})\b(?!\s+\d+\s+R)")
_JPEG = "DCTDecode"
_ENOUGH = 0.99
"""Some devices fall short of a last row; what lacks more than a hundredth was cut."""
_OPAQUE = 255
_OWN_COLOURS = re.compile(rb"/ColorTransform\b")
_NAMED_COLOUR = re.compile(rb"/ColorSpace\s*/(DeviceGray|DeviceRGB)\b")
_PLAIN_COLOURS = (
    pdfium_c.FPDF_COLORSPACE_DEVICEGRAY,
    pdfium_c.FPDF_COLORSPACE_DEVICERGB,
    pdfium_c.FPDF_COLORSPACE_CALGRAY,
    pdfium_c.FPDF_COLORSPACE_CALRGB,
    pdfium_c.FPDF_COLORSPACE_ICCBASED,
)


def picture_source(streams: PdfStreams, image: pdfium.PdfImage) -> Source | None:
    """The stored pixels, None where the picture does not stand for itself and its page must be drawn."""
    raw = bytes(image.get_data())
    dictionaries = streams.dictionaries(raw)
    if not dictionaries or any(_NOT_ALONE.search(text) or _ESCAPED.search(text) for text in dictionaries):
        return None
    stencils = [bool(_STENCIL.search(text)) for text in dictionaries]
    if any(stencils):
        return _painted(image) if all(stencils) else None
    *outer, last = image.get_filters() or [""]
    if set(outer) <= _SIMPLE and last == _JPEG:
        jpeg = bytes(image.get_data(decode_simple=True)) if outer else raw
        if _is_plain_jpeg(jpeg, dictionaries, image):
            return JpegSource(jpeg)
    elif {*outer, last} <= _SIMPLE:
        return ArraySource(_unpacked(image, dictionaries))
    return ArraySource(_bitmap_gray(image.get_bitmap(render=False)))


def _unpacked(image: pdfium.PdfImage, dictionaries: list[bytes]) -> Gray:
    """Samples that are not coded as a picture. Raises FileRefusedError: truncated where some are missing."""
    samples = np.frombuffer(image.get_data(decode_simple=True), np.uint8)
    width, height = image.get_px_size()
    bits = _bits_per_pixel(image, dictionaries)
    if len(samples) < _ENOUGH * ((width * bits + 7) // 8 * height):
        raise FileRefusedError(FileError.TRUNCATED)
    plain = all(_NAMED_COLOUR.search(text) and not _DECODE.search(text) for text in dictionaries)
    channels = {8: 1, 24: 3}.get(bits, 0)
    if not (plain and channels and len(samples) >= width * height * channels):
        del samples  # pdfium is about to make them once more
        return _bitmap_gray(image.get_bitmap(render=False))
    pixels = samples[: width * height * channels].reshape(height, width, channels)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) if channels == 3 else pixels[:, :, 0].copy(), np.uint8)


def _bits_per_pixel(image: pdfium.PdfImage, dictionaries: list[bytes]) -> int:
    """As they are stored, nought where the dictionary does not say; pdfium counts those that it makes of them."""
    said = _BITS.search(dictionaries[0])
    if said is None:
        return 0
    each = int(said[1])
    made: int = image.get_metadata().bits_per_pixel
    return each * max(1, made // max(8, each))


def _is_plain_jpeg(raw: bytes, dictionaries: list[bytes], image: pdfium.PdfImage) -> bool:
    if any(_DECODE.search(text) or _OWN_COLOURS.search(text) for text in dictionaries):
        return False
    named = all(_NAMED_COLOUR.search(text) for text in dictionaries)
    if not named and image.get_metadata().colorspace not in _PLAIN_COLOURS:
        return False
    frame = read_frame(raw)
    return frame is not None and frame.components in (1, 3) and (frame.width, frame.height) == image.get_px_size()


def _painted(image: pdfium.PdfImage) -> Source | None:
    """The stencil's colour on white paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetFillColor(image, red, green, blue, alpha) or alpha.value != _OPAQUE:
        return None
    ink = round(0.299 * red.value + 0.587 * green.value + 0.114 * blue.value)
    covered = _bitmap_gray(image.get_bitmap(render=False))
    tones = np.array([255 - (255 - ink) * part // _OPAQUE for part in range(256)], np.uint8)
    return ArraySource(np.asarray(cv2.LUT(covered, tones), np.uint8))


def _bitmap_gray(bitmap: pdfium.PdfBitmap) -> Gray:
    pixels = bitmap.to_numpy()
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.array(pixels.reshape(bitmap.height, -1), np.uint8)
    code = cv2.COLOR_BGR2GRAY if pixels.shape[2] == 3 else cv2.COLOR_BGRA2GRAY
    return np.asarray(cv2.cvtColor(pixels, code), np.uint8)
