"""TIFF files as pages: the JPEG in them decoded small where it can be, everything else by libtiff."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from recognition.codes import FileError
from recognition.files.native_log import hear_native_log
from recognition.files.picture_file import damage_is, laid, stated_dpi
from recognition.files.raster import ArraySource, Raster, check_size
from recognition.files.refused import FileRefusedError
from recognition.files.tiff_directory import (
    BITS,
    COMPRESSION,
    HEIGHT,
    ORIENTATION,
    PHOTOMETRIC,
    RESOLUTION_UNIT,
    WIDTH,
    X_RESOLUTION,
    Y_RESOLUTION,
    Directory,
    Entry,
    TiffReader,
    read_directories,
)
from recognition.files.tiff_jpeg import jpeg_source
from recognition.files.tiff_page import single_page
from recognition.files.to_gray import to_gray
from recognition.files.turn import Gray, exif_turn
from recognition.limits import Limits

_DECODED = frozenset((1, 2, 3, 4, 5, 7, 8, 32773, 32946, 34925, 50000, 50001))
"""Codings of TIFF 6.0 and its supplements, and LZMA, Zstandard and WebP."""
_WHITE_IS_ZERO, _BLACK_IS_ZERO = 0, 1
_LOST_LINES = "Fax4Decode: Bad code word"
"""libtiff says it and goes on with white lines."""
_CENTIMETRE, _INCH = 3, 2


@dataclass(slots=True)
class TiffFile:
    """An open TIFF; each of its directories is a page."""

    data: memoryview
    limits: Limits
    directories: Sequence[Directory]

    @property
    def page_count(self) -> int:
        """How many pages the file has."""
        return len(self.directories)

    def page(self, index: int) -> Raster:
        """One page. Raises FileRefusedError: truncated, unsupported_coding or too_many_pixels."""
        reader = TiffReader(self.data)
        tags, _ = reader.directory(self.directories[index].at)
        width, height = reader.number(tags, WIDTH, 0), reader.number(tags, HEIGHT, 0)
        check_size(width, height, self.limits)
        source = jpeg_source(reader, tags, (width, height)) or ArraySource(_decoded(reader, tags))
        turn = exif_turn(reader.number(tags, ORIENTATION, 1))
        dpi = _dpi(reader, tags)
        return laid(source, (width, height), dpi, turn)


def open_tiff(data: memoryview, limits: Limits) -> TiffFile:
    """Walks the directories.

    Raises FileRefusedError: truncated, too_many_pages, too_many_pixels or unsupported_format.
    """
    pages = read_directories(data, limits.pages)
    if len(pages) > limits.pages:
        raise FileRefusedError(FileError.TOO_MANY_PAGES, limit=limits.pages)
    for page in pages:
        check_size(page.width, page.height, limits)
    return TiffFile(data, limits, pages)


def _dpi(reader: TiffReader, tags: Mapping[int, Entry]) -> tuple[float, float] | None:
    unit = reader.number(tags, RESOLUTION_UNIT, _INCH)
    x, y = reader.ratio(tags, X_RESOLUTION), reader.ratio(tags, Y_RESOLUTION)
    if x is None or y is None or unit not in (_INCH, _CENTIMETRE):
        return None
    return stated_dpi((x * 2.54, y * 2.54) if unit == _CENTIMETRE else (x, y))


def _decoded(reader: TiffReader, tags: Mapping[int, Entry]) -> Gray:
    if reader.number(tags, COMPRESSION, 1) not in _DECODED:
        raise FileRefusedError(FileError.UNSUPPORTED_CODING)
    meaning = reader.number(tags, PHOTOMETRIC, _WHITE_IS_ZERO)
    # Pillow turns eight bits and fewer to black for nought, and wider ones not at all.
    turned = meaning == _WHITE_IS_ZERO and reader.number(tags, BITS, 1) > 8
    with damage_is(FileError.TRUNCATED):
        page = io.BytesIO(single_page(reader, tags, _BLACK_IS_ZERO if turned else meaning))
    # The page lies there whole, so what Pillow does not know by its tags is a kind of its own and no damage.
    with damage_is(FileError.UNSUPPORTED_CODING):
        image = Image.open(page, formats=("TIFF",))
    with damage_is(FileError.TRUNCATED), image, hear_native_log() as log:
        gray = to_gray(image)
    if _LOST_LINES in log.text:
        raise FileRefusedError(FileError.TRUNCATED)
    return np.asarray(255 - gray, np.uint8) if turned else gray
