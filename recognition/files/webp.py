"""WebP by its own chunks: Pillow's reader takes 640 MB for a page of 80 Mpx before it has decoded anything.

WebP Container Specification (RFC 9649).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from recognition.codes import FileError
from recognition.files.refused import FileRefusedError
from recognition.files.to_gray import over_white
from recognition.files.turn import Gray

_EXTENDED, _LOSSY, _LOSSLESS, _EXIF = b"VP8X", b"VP8 ", b"VP8L", b"EXIF"
_MOST_CHUNKS = 1000
_ALPHA = 0x10


@dataclass(frozen=True, slots=True)
class WebpHeader:
    """Size in px, whether pixels may be see-through, and the bytes of EXIF."""

    width: int
    height: int
    alpha: bool
    exif: bytes = b""


def read_webp(data: memoryview) -> WebpHeader:
    """What the chunks say. Raises FileRefusedError: truncated."""
    size: tuple[int, int, bool] | None = None
    exif = b""
    for name, start, length in _chunks(data, 12, len(data)):
        if name in (_EXTENDED, _LOSSY, _LOSSLESS) and size is None:
            size = _size(name, bytes(data[start : start + min(length, 16)]))
        if name == _EXIF:
            exif = bytes(data[start : start + length])
    if size is None:
        raise FileRefusedError(FileError.TRUNCATED)
    return WebpHeader(*size, exif)


def decode_webp(data: memoryview, header: WebpHeader) -> Gray:
    """The first picture in grey, on white where it is see-through. Raises FileRefusedError: truncated."""
    how = cv2.IMREAD_UNCHANGED if header.alpha else cv2.IMREAD_GRAYSCALE
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), how | cv2.IMREAD_IGNORE_ORIENTATION)
    if decoded is None or decoded.shape[:2] != (header.height, header.width):
        raise FileRefusedError(FileError.TRUNCATED)
    return np.asarray(decoded, np.uint8) if decoded.ndim == 2 else over_white(np.asarray(decoded, np.uint8))


def _chunks(data: memoryview, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    for _ in range(_MOST_CHUNKS):
        if at + 8 > end:
            return
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        yield bytes(data[at : at + 4]), at + 8, length
        at += 8 + length + length % 2


def _size(name: bytes, body: bytes) -> tuple[int, int, bool]:
    def number(at: int, length: int) -> int:
        return int.from_bytes(body[at : at + length], "little")

    if name == _EXTENDED:
        return number(4, 3) + 1, number(7, 3) + 1, bool(body[:1] and body[0] & _ALPHA)
    if name == _LOSSY:
        return number(6, 2) & 0x3FFF, number(8, 2) & 0x3FFF, False
    bits = number(1, 4)
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
