"""Writes a TIFF of many frames: each one strip, packed as the scanner packed it (TIFF 6.0, and its JPEG supplement)."""

import struct
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, Self

from recognition.simulator.encode import Codec, EncodedPage

_SHORT, _LONG, _RATIONAL = 3, 4, 5
_COMPRESSION = {Codec.G4: 4, Codec.JPEG: 7}


class TiffFile:
    """Frames are written as they come. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self.file: BinaryIO = path.open("wb")
        self.file.write(b"II*\x00" + struct.pack("<I", 0))
        self.next_frame_at = 4

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def add(self, page: EncodedPage) -> None:
        """Appends a frame."""
        strip = self._append(page.data)
        density = Fraction(page.dpi or 72)
        ratio = self._append(struct.pack("<II", density.numerator, density.denominator))
        bits = self._append(struct.pack("<3H", 8, 8, 8)) if page.channels == 3 else (1 if page.codec is Codec.G4 else 8)
        tags = [
            (254, _LONG, 1, 2),
            (256, _LONG, 1, page.width),
            (257, _LONG, 1, page.height),
            (258, _SHORT, page.channels, bits),
            (259, _SHORT, 1, _COMPRESSION[page.codec]),
            (262, _SHORT, 1, _photometric(page)),
            (273, _LONG, 1, strip),
            (277, _SHORT, 1, page.channels),
            (278, _LONG, 1, page.height),
            (279, _LONG, 1, len(page.data)),
            (282, _RATIONAL, 1, ratio),
            (283, _RATIONAL, 1, ratio),
            (296, _SHORT, 1, 2 if page.dpi else 1),
        ]
        if page.channels == 3:
            tags.append((530, _SHORT, 2, 2 | 2 << 16))
        self._link(tags)

    def _append(self, data: bytes) -> int:
        """Writes at an even offset, as the format wants it, and says where."""
        if self.file.tell() % 2:
            self.file.write(b"\x00")
        at = self.file.tell()
        self.file.write(data)
        return at

    def _link(self, tags: list[tuple[int, int, int, int]]) -> None:
        entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
        directory = self._append(struct.pack("<H", len(tags)) + entries + struct.pack("<I", 0))
        self.file.seek(self.next_frame_at)
        self.file.write(struct.pack("<I", directory))
        self.file.seek(0, 2)
        self.next_frame_at = directory + 2 + len(entries)


def _photometric(page: EncodedPage) -> int:
    """0: white is nought (G4), 1: black is nought, 6: YCbCr as JPEG has it."""
    if page.codec is Codec.G4:
        return 0
    return 6 if page.channels == 3 else 1
