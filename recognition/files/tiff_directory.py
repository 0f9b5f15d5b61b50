"""Walks the page directories of a TIFF without decoding: how many, how large, is all their data there.

TIFF 6.0, section 2, and BigTIFF. libtiff fills lost strips with white in silence, and a cut file may merely seem to
have fewer pages, so the chain is followed here to its end.
"""

import struct
from dataclasses import dataclass

from recognition.codes import FileError
from recognition.files.refused import FileRefusedError

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_INTEGERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_WIDTH, _HEIGHT = 256, 257
_DATA = ((273, 279), (324, 325))
_MAX_ENTRIES = 1024
_MAX_STRIPS = 200_000


@dataclass(frozen=True, slots=True)
class Directory:
    """One page's size in px."""

    width: int
    height: int


class _Reader:
    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.order = "<" if bytes(data[:2]) == b"II" else ">"
        self.big = self.unpack("H", 2)[0] == 43

    def unpack(self, code: str, at: int, count: int = 1) -> tuple[int, ...]:
        wanted = f"{self.order}{count}{code}"
        if at < 0 or at + struct.calcsize(wanted) > len(self.data):
            raise FileRefusedError(FileError.TRUNCATED)
        return struct.unpack_from(wanted, self.data, at)

    def first(self) -> int:
        return self.unpack("Q", 8)[0] if self.big else self.unpack("I", 4)[0]

    def directory(self, at: int) -> tuple[dict[int, tuple[int, ...]], int]:
        """The integer tags that matter, and where the next directory lies (0: none)."""
        count = self.unpack("Q" if self.big else "H", at)[0]
        if count > _MAX_ENTRIES:
            raise FileRefusedError(FileError.TRUNCATED)
        start, step = (at + 8, 20) if self.big else (at + 2, 12)
        wanted = {_WIDTH, _HEIGHT, *(tag for pair in _DATA for tag in pair)}
        tags: dict[int, tuple[int, ...]] = {}
        for entry in range(start, start + count * step, step):
            tag, kind = self.unpack("H", entry, 2)
            if tag in wanted and kind in _INTEGERS:
                tags[tag] = self._values(entry, kind)
        return tags, self.unpack("Q" if self.big else "I", start + count * step)[0]

    def _values(self, entry: int, kind: int) -> tuple[int, ...]:
        word, room = ("Q", 8) if self.big else ("I", 4)
        count = self.unpack(word, entry + 4)[0]
        if count > _MAX_STRIPS:
            raise FileRefusedError(FileError.TRUNCATED)
        at = entry + 4 + room
        if count * _SIZES[kind] > room:
            at = self.unpack(word, at)[0]
        return self.unpack(_INTEGERS[kind], at, count)


def read_directories(data: memoryview, max_pages: int) -> list[Directory]:
    """The pages of a TIFF in their order, one more than `max_pages` at most.

    Raises FileRefusedError: truncated, where a directory or the data it points to lies outside the file.
    """
    reader = _Reader(data)
    pages: list[Directory] = []
    seen: set[int] = set()
    at = reader.first()
    while at and at not in seen and len(pages) <= max_pages:
        seen.add(at)
        tags, at = reader.directory(at)
        pages.append(_checked(tags, len(data)))
    if not pages:
        raise FileRefusedError(FileError.TRUNCATED)
    return pages


def _checked(tags: dict[int, tuple[int, ...]], size: int) -> Directory:
    if not (tags.get(_WIDTH) and tags.get(_HEIGHT)):
        raise FileRefusedError(FileError.TRUNCATED)
    for offsets, counts in _DATA:
        for start, length in zip(tags.get(offsets, ()), tags.get(counts, ()), strict=False):
            if start + length > size:
                raise FileRefusedError(FileError.TRUNCATED)
    return Directory(tags[_WIDTH][0], tags[_HEIGHT][0])
