"""What the markers of a JPEG say before it is decoded: a kind that no decoder here knows, or scans that are missing.

ITU-T T.81, annex B.
"""

import re
import struct
from dataclasses import dataclass

from recognition.codes import FileError
from recognition.files.refused import FileRefusedError

_SEQUENTIAL, _PROGRESSIVE = (0xC0, 0xC1, 0xC9), (0xC2, 0xCA)
_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
_SCAN, _END = 0xDA, 0xD9
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
_COEFFICIENTS = 64


@dataclass(frozen=True, slots=True)
class JpegFrame:
    """What the frame's marker says; `after` is where the bytes behind it begin."""

    marker: int
    precision: int
    width: int
    height: int
    components: int
    after: int


def read_frame(data: bytes | memoryview) -> JpegFrame | None:
    """The first frame of a JPEG, None where there is none before the first scan."""
    at = 2
    while at + 10 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == _SCAN:
            return None
        length, precision, height, width, components = struct.unpack_from(">HBHHB", data, at + 2)
        if marker in _FRAMES:
            return JpegFrame(marker, precision, width, height, components, at + 2 + length)
        at += 2 + length
    return None


def check_coding(data: bytes | memoryview) -> JpegFrame:
    """The frame. Raises FileRefusedError: truncated where there is none, unsupported_coding for 12 or 16 bits a sample
    and for lossless or hierarchical coding.
    """
    frame = read_frame(data)
    if frame is None:
        raise FileRefusedError(FileError.TRUNCATED)
    if frame.precision != 8 or frame.marker not in (*_SEQUENTIAL, *_PROGRESSIVE):
        raise FileRefusedError(FileError.UNSUPPORTED_CODING)
    return frame


def check_jpeg(data: bytes | memoryview) -> None:
    """Raises FileRefusedError: as `check_coding` does, and truncated where a progressive picture ends before its last
    scan, which libjpeg shows blurred without a word.
    """
    frame = check_coding(data)
    if frame.marker in _PROGRESSIVE and not _has_every_scan(data, frame.after):
        raise FileRefusedError(FileError.TRUNCATED)


def _has_every_scan(data: bytes | memoryview, after: int) -> bool:
    """Whether the scans bring each coefficient of each component to its last bit."""
    lowest_bit: dict[int, list[int]] = {}
    at = after
    while found := _MARKER.search(data, at):
        at = found.end()
        if found[1][0] == _END:
            break
        if at + 2 > len(data):
            return False
        (length,) = struct.unpack_from(">H", data, at)
        if found[1][0] == _SCAN:
            _note_scan(bytes(data[at + 2 : at + length]), lowest_bit)
        at += length
    return bool(lowest_bit) and all(bit == 0 for bits in lowest_bit.values() for bit in bits)


def _note_scan(header: bytes, lowest_bit: dict[int, list[int]]) -> None:
    count = header[0] if header else 0
    if len(header) < 4 + 2 * count:
        return
    first, last, shifts = header[1 + 2 * count : 4 + 2 * count]
    for component in header[1 : 1 + 2 * count : 2]:
        bits = lowest_bit.setdefault(component, [-1] * _COEFFICIENTS)
        bits[first : last + 1] = [shifts & 15] * len(bits[first : last + 1])
