"""Walks the page directories of a TIFF without decoding: how many, how large, is all their data there.

TIFF 6.0, section 2, and BigTIFF. libtiff fills lost strips with white in silence, and a cut file may merely seem to
have fewer pages, so the chain is followed here to its end.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from recognition.codes import FileError
from recognition.files.refused import FileRefusedError

SUBFILE, WIDTH, HEIGHT, COMPRESSION, PHOTOMETRIC = 254, 256, 257, 259, 262
BITS, ORIENTATION, X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT = 258, 274, 282, 283, 296
STRIP_OFFSETS, STRIP_SIZES, TILE_OFFSETS, TILE_SIZES = 273, 279, 324, 325
SAMPLES, ROWS_PER_STRIP, PLANAR, JPEG_TABLES = 277, 278, 284, 347
OLD_JPEG, OLD_JPEG_SIZE, CAMERA_RAW = 513, 514, 50706
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_INTEGERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_RATIONAL = 5
_THUMBNAIL, _MASK = 1, 4
"""Bits of SUBFILE: a smaller copy of another page, and what another page shows through."""
_MAX_ENTRIES = 1024
_MAX_VALUES = 200_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One tag as it stands in the file: its type, how many values, and where their bytes begin."""

    kind: int
    count: int
    at: int

    @property
    def length(self) -> int:
        """Bytes that the values take."""
        return self.count * _SIZES.get(self.kind, 1)


@dataclass(frozen=True, slots=True)
class Directory:
    """One page: where its directory lies, and its size in px."""

    at: int
    width: int
    height: int
    subfile: int = 0


class TiffReader:
    """Reads numbers and tags in the file's own order of bytes. Each method raises FileRefusedError: truncated."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.order = "<" if bytes(data[:2]) == b"II" else ">"
        self.big = self.unpack("H", 2)[0] == 43

    def unpack(self, code: str, at: int, count: int = 1) -> tuple[int, ...]:
        """`count` numbers of that struct code."""
        wanted = f"{self.order}{count}{code}"
        if at < 0 or at + struct.calcsize(wanted) > len(self.data):
            raise FileRefusedError(FileError.TRUNCATED)
        return struct.unpack_from(wanted, self.data, at)

    def first(self) -> int:
        """Where the first directory lies."""
        return self.unpack("Q", 8)[0] if self.big else self.unpack("I", 4)[0]

    def directory(self, at: int) -> tuple[dict[int, Entry], int]:
        """The tags of a page, and where the next directory lies (0: none)."""
        count = self.unpack("Q" if self.big else "H", at)[0]
        if count > _MAX_ENTRIES:
            raise FileRefusedError(FileError.TRUNCATED)
        start, step = (at + 8, 20) if self.big else (at + 2, 12)
        entries = dict(self._entry(place) for place in range(start, start + count * step, step))
        return entries, self.unpack("Q" if self.big else "I", start + count * step)[0]

    def _entry(self, at: int) -> tuple[int, Entry]:
        tag, kind = self.unpack("H", at, 2)
        word, room = ("Q", 8) if self.big else ("I", 4)
        count = self.unpack(word, at + 4)[0]
        place = at + 4 + room
        if count * _SIZES.get(kind, 1) > room:
            place = self.unpack(word, place)[0]
        return tag, Entry(kind, count, place)

    def numbers(self, tags: Mapping[int, Entry], tag: int) -> tuple[int, ...]:
        """The whole numbers of a tag, none where it is not there or holds something else."""
        entry = tags.get(tag)
        if entry is None or entry.kind not in _INTEGERS:
            return ()
        if entry.count > _MAX_VALUES:
            raise FileRefusedError(FileError.TRUNCATED)
        return self.unpack(_INTEGERS[entry.kind], entry.at, entry.count)

    def ratio(self, tags: Mapping[int, Entry], tag: int) -> float | None:
        """The first fraction of a tag, None where there is none."""
        entry = tags.get(tag)
        if entry is None or entry.kind != _RATIONAL or not entry.count:
            return None
        above, below = self.unpack("I", entry.at, 2)
        return above / below if below else None

    def number(self, tags: Mapping[int, Entry], tag: int, default: int) -> int:
        """The first number of a tag."""
        return next(iter(self.numbers(tags, tag)), default)


def read_directories(data: memoryview, max_pages: int) -> list[Directory]:
    """The pages of a TIFF in their order, one more than `max_pages` at most; small copies of pages are left out.

    Raises FileRefusedError: truncated, where a directory or the data it points to lies outside the file;
    unsupported_format for a camera's raw file, which only begins like a TIFF.
    """
    reader = TiffReader(data)
    pages: list[Directory] = []
    seen: set[int] = set()
    at = reader.first()
    while at and at not in seen and len(pages) <= max_pages:
        seen.add(at)
        tags, following = reader.directory(at)
        pages.append(_checked(reader, tags, at))
        at = following
    if not pages:
        raise FileRefusedError(FileError.TRUNCATED)
    return [page for page in pages if not page.subfile & (_THUMBNAIL | _MASK)] or pages


def pieces(reader: TiffReader, tags: Mapping[int, Entry]) -> list[tuple[int, int]]:
    """Offset and length of each strip or tile. Raises FileRefusedError: truncated."""
    tiled = TILE_OFFSETS in tags
    offsets = reader.numbers(tags, TILE_OFFSETS if tiled else STRIP_OFFSETS)
    lengths = reader.numbers(tags, TILE_SIZES if tiled else STRIP_SIZES)
    if len(lengths) < len(offsets):
        # Old writers leave the lengths out: each piece then reaches to the next one or to the end.
        ends = [*sorted(offsets)[1:], len(reader.data)]
        order = dict(zip(sorted(offsets), ends, strict=True))
        lengths = tuple(order[start] - start for start in offsets)
    found = list(zip(offsets, lengths, strict=False))
    size = len(reader.data)
    # Pieces that lie over each other would make much of a small file.
    if any(start + length > size for start, length in found) or sum(length for _, length in found) > size:
        raise FileRefusedError(FileError.TRUNCATED)
    return found


def _checked(reader: TiffReader, tags: dict[int, Entry], at: int) -> Directory:
    width, height = reader.number(tags, WIDTH, 0), reader.number(tags, HEIGHT, 0)
    if CAMERA_RAW in tags:
        raise FileRefusedError(FileError.UNSUPPORTED_FORMAT)
    if not width or not height:
        raise FileRefusedError(FileError.TRUNCATED)
    pieces(reader, tags)
    return Directory(at, width, height, reader.number(tags, SUBFILE, 0))
