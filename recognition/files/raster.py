"""One page's pixels, decoded as late and as small as will do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import cv2
import numpy as np

from recognition.codes import FileError
from recognition.files.jpeg_header import check_jpeg
from recognition.files.native_log import hear_native_log
from recognition.files.refused import FileRefusedError
from recognition.files.turn import AS_STORED, Gray, Turn
from recognition.limits import Limits

_REDUCED = {
    1: cv2.IMREAD_GRAYSCALE,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
    8: cv2.IMREAD_REDUCED_GRAYSCALE_8,
}
_DAMAGED = ("premature end", "bad Huffman code", "Invalid SOS", "Unsupported marker")


class Source(Protocol):
    """Where stored pixels come from."""

    def gray(self, reduction: int) -> Gray:
        """The picture as it is stored, its sides divided by 1, 2, 4 or 8. Raises FileRefusedError."""


@dataclass(slots=True)
class JpegSource:
    """JPEG bytes; libjpeg decodes straight to a half, a quarter or an eighth."""

    data: bytes | memoryview

    def gray(self, reduction: int) -> Gray:
        check_jpeg(self.data)
        flags = _REDUCED[reduction] | cv2.IMREAD_IGNORE_ORIENTATION
        with hear_native_log() as log:
            decoded = cv2.imdecode(np.frombuffer(self.data, np.uint8), flags)
        # The binding answers None for what it cannot decode, whatever its stubs say.
        if decoded is None or any(mark in log.text for mark in _DAMAGED):
            raise FileRefusedError(FileError.TRUNCATED)
        return np.asarray(decoded, np.uint8)


@dataclass(slots=True)
class ArraySource:
    """Pixels that some other decoder has already made."""

    pixels: Gray

    def gray(self, reduction: int) -> Gray:
        return _reduced(self.pixels, reduction)


@dataclass(slots=True)
class StripSource:
    """A picture that lies in the file as strips, from its top to its bottom: each a source and its height in px."""

    strips: Sequence[tuple[Source, int]]

    def gray(self, reduction: int) -> Gray:
        # A strip whose height is no multiple of the reduction would lose a part of a row at its end.
        even = all(rows % reduction == 0 for _, rows in self.strips[:-1])
        each = reduction if even else 1
        whole = np.vstack([source.gray(each)[: -(-rows // each)] for source, rows in self.strips])
        return whole if even else _reduced(whole, reduction)


def _reduced(pixels: Gray, reduction: int) -> Gray:
    if reduction == 1:
        return pixels
    height, width = pixels.shape
    whole = pixels[: max(1, height - height % reduction), : max(1, width - width % reduction)]
    size = (max(1, whole.shape[1] // reduction), max(1, whole.shape[0] // reduction))
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), np.uint8)


@dataclass(slots=True)
class Raster:
    """A page as a viewer shows it. `dpi` is (x, y) in the same frame, as the file states it, or None.

    `camera` is True where the file itself says that a camera took it; `fitted` where `dpi` is only how large a PDF page
    shows the picture; `drawn` where we drew the page from a PDF's content and `dpi` is our own choice. `detail_dpi` is
    then the resolution of the pictures on that page, finer though we drew them.
    """

    width: int
    height: int
    source: Source
    dpi: tuple[float, float] | None = None
    turn: Turn = AS_STORED
    camera: bool = False
    fitted: bool = False
    drawn: bool = False
    detail_dpi: float | None = None
    entry: str | None = None
    """In an archive of scans the name of the one this page is from, fit to be shown."""
    _cache: dict[int, Gray] = field(default_factory=dict)

    def gray(self, reduction: int = 1) -> Gray:
        """The page in grey, sides divided by `reduction` (1, 2, 4, 8), kept for the next call."""
        if reduction not in self._cache:
            width, height = (self.height, self.width) if self.turn.swaps_sides else (self.width, self.height)
            # Without a last row or column that is only part of a reduced pixel: px then divide by `reduction` exactly.
            whole = self.source.gray(reduction)[: max(1, height // reduction), : max(1, width // reduction)]
            self._cache[reduction] = self.turn.apply(whole)
        return self._cache[reduction]


def check_size(width: int, height: int, limits: Limits) -> None:
    """Refuses a picture by its header, before it is decoded. Raises FileRefusedError: too_many_pixels."""
    if width < 1 or height < 1:
        raise FileRefusedError(FileError.TRUNCATED)
    if width * height > limits.pixels or max(width, height) > limits.side_px:
        raise FileRefusedError(
            FileError.TOO_MANY_PIXELS, width=width, height=height, limit_megapixels=limits.pixels // 1_000_000
        )
