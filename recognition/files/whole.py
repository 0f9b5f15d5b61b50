"""Whether a picture file is all there, by what its container says of itself: decoders forgive a lost end."""

from collections.abc import Callable

from recognition.files.sniff import FileFormat

_PNG_END = b"IEND\xaeB`\x82"
_PNG_TAIL = 65_536
"""Bytes of foreign data that may follow the end of a picture."""
_GIF_END = 0x3B
_BMP_PLAIN = (0, 3, 6)
"""BI_RGB, BI_BITFIELDS and BI_ALPHABITFIELDS: the rows lie as they are."""
_MOST_BOXES = 10_000


def is_whole(data: memoryview, kind: FileFormat) -> bool:
    """False where the file ends before its own end."""
    check = _CHECKS.get(kind)
    return check is None or check(data)


def _png(data: memoryview) -> bool:
    return _PNG_END in bytes(data[-_PNG_TAIL:])


def _webp(data: memoryview) -> bool:
    return len(data) >= int.from_bytes(data[4:8], "little") + 8


def _boxes(data: memoryview) -> bool:
    """ISO/IEC 14496-12, 4.2: boxes follow one another, each with its size; nought means to the end."""
    at = 0
    for _ in range(_MOST_BOXES):
        if at + 8 > len(data):
            return at >= len(data)
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == 0:
            return True
        if size < 8:
            return False
        at += size
    return False


def _bmp(data: memoryview) -> bool:
    def number(at: int, length: int = 4) -> int:
        return int.from_bytes(data[at : at + length], "little", signed=True)

    if len(data) < 26:
        return False
    old = number(14) == 12
    width, height, bits = (number(18, 2), number(20, 2), number(24, 2)) if old else (number(18), number(22), number(28))
    bits &= 0xFFFF
    if not old and number(30) not in _BMP_PLAIN:
        return len(data) >= number(10) + number(34)
    return len(data) >= number(10) + (abs(width) * bits + 31) // 32 * 4 * abs(height)


def _gif(data: memoryview) -> bool:
    return _GIF_END in bytes(data[-64:])


_CHECKS: dict[FileFormat, Callable[[memoryview], bool]] = {
    FileFormat.PNG: _png,
    FileFormat.WEBP: _webp,
    FileFormat.HEIF: _boxes,
    FileFormat.AVIF: _boxes,
    FileFormat.BMP: _bmp,
    FileFormat.GIF: _gif,
}
