"""One page of a TIFF as a file of its own, so that a page costs what it holds and not what the whole file does."""

import struct
from collections.abc import Mapping, Sequence

from recognition.codes import FileError
from recognition.files.refused import FileRefusedError
from recognition.files.tiff_directory import (
    PHOTOMETRIC,
    STRIP_OFFSETS,
    STRIP_SIZES,
    TILE_OFFSETS,
    TILE_SIZES,
    Entry,
    TiffReader,
    pieces,
)

_KEPT = frozenset(
    (
        *range(254, 260),
        *(262, 266, 277, 278, 280, 281, 284, 292, 293, 317, 320, 322, 323),
        *(332, 334, 336, 338, 339, 347, 529, 530, 531, 532),
    )
)
"""What tells how pixels are stored. How the page lies, names, colour profiles and pointers stay away."""
_SHORT, _LONG = 3, 4
_LARGE = (16, 18)
"""Whole numbers of eight bytes, offsets among them: BigTIFF has them, the page that is written here is a plain TIFF."""
_MOST_TAG_BYTES = 1_000_000


def single_page(reader: TiffReader, tags: Mapping[int, Entry], photometric: int) -> bytes:
    """The bytes of a TIFF that holds this page only, with that photometric interpretation.

    Raises FileRefusedError: truncated.
    """
    found = pieces(reader, tags)
    tiled = TILE_OFFSETS in tags
    body = bytearray(b"II*\0" if reader.order == "<" else b"MM\0*") + bytes(4)
    starts = []
    for start, length in found:
        starts.append(len(body))
        body += reader.data[start : start + length]
        body += b"\0" * (len(body) % 2)
    values = {tag: _value(reader, tags, tag) for tag in tags if tag in _KEPT}
    values[PHOTOMETRIC] = _SHORT, 1, struct.pack(f"{reader.order}H", photometric)
    values[TILE_OFFSETS if tiled else STRIP_OFFSETS] = _longs(reader, starts)
    values[TILE_SIZES if tiled else STRIP_SIZES] = _longs(reader, [length for _, length in found])
    return _with_directory(reader.order, body, values)


def _value(reader: TiffReader, tags: Mapping[int, Entry], tag: int) -> tuple[int, int, bytes]:
    """Type, count and bytes of a tag."""
    entry = tags[tag]
    if entry.kind in _LARGE:
        return _longs(reader, [min(number, 2**32 - 1) for number in reader.numbers(tags, tag)])
    if entry.length > _MOST_TAG_BYTES or entry.at + entry.length > len(reader.data):
        raise FileRefusedError(FileError.TRUNCATED)
    return entry.kind, entry.count, bytes(reader.data[entry.at : entry.at + entry.length])


def _longs(reader: TiffReader, numbers: Sequence[int]) -> tuple[int, int, bytes]:
    return _LONG, len(numbers), struct.pack(f"{reader.order}{len(numbers)}I", *numbers)


def _with_directory(order: str, body: bytearray, values: Mapping[int, tuple[int, int, bytes]]) -> bytes:
    rows = b""
    for tag, (kind, count, raw) in sorted(values.items()):
        cell = raw
        if len(raw) > 4:
            cell = struct.pack(f"{order}I", len(body))
            body += raw + b"\0" * (len(raw) % 2)
        rows += struct.pack(f"{order}HHI", tag, kind, count) + cell.ljust(4, b"\0")
    struct.pack_into(f"{order}I", body, 4, len(body))
    return bytes(body + struct.pack(f"{order}H", len(values)) + rows + bytes(4))
