"""One page of a TIFF as a file of its own, so that a page costs what it holds and not what the whole file does."""

import struct
from collections.abc import Mapping

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
_SHORT, _LONG, _LONG8 = 3, 4, 16
_MOST_TAG_BYTES = 1_000_000


def single_page(reader: TiffReader, tags: Mapping[int, Entry], photometric: int) -> bytes:
    """The bytes of a TIFF of the same kind that holds this page only, with that photometric interpretation.

    Raises FileRefusedError: truncated.
    """
    found = pieces(reader, tags)
    tiled = TILE_OFFSETS in tags
    body = bytearray(bytes(reader.data[: 16 if reader.big else 8]))
    starts = []
    for start, length in found:
        starts.append(len(body))
        body += reader.data[start : start + length]
        body += b"\0" * (len(body) % 2)
    kind, code = (_LONG8, "Q") if reader.big else (_LONG, "I")
    values = {tag: (entry.kind, entry.count, _raw(reader, entry)) for tag, entry in tags.items() if tag in _KEPT}
    values[PHOTOMETRIC] = _SHORT, 1, struct.pack(f"{reader.order}H", photometric)
    for tag, numbers in (
        (TILE_OFFSETS if tiled else STRIP_OFFSETS, starts),
        (TILE_SIZES if tiled else STRIP_SIZES, [length for _, length in found]),
    ):
        values[tag] = kind, len(numbers), struct.pack(f"{reader.order}{len(numbers)}{code}", *numbers)
    return _with_directory(reader, body, values)


def _raw(reader: TiffReader, entry: Entry) -> bytes:
    if entry.length > _MOST_TAG_BYTES or entry.at + entry.length > len(reader.data):
        raise FileRefusedError(FileError.TRUNCATED)
    return bytes(reader.data[entry.at : entry.at + entry.length])


def _with_directory(reader: TiffReader, body: bytearray, values: Mapping[int, tuple[int, int, bytes]]) -> bytes:
    order, word, room, counter = (reader.order, "Q", 8, "Q") if reader.big else (reader.order, "I", 4, "H")
    rows = b""
    for tag, (kind, count, raw) in sorted(values.items()):
        cell = raw
        if len(raw) > room:
            cell = struct.pack(f"{order}{word}", len(body))
            body += raw + b"\0" * (len(raw) % 2)
        rows += struct.pack(f"{order}HH{word}", tag, kind, count) + cell.ljust(room, b"\0")
    struct.pack_into(f"{order}{word}", body, 8 if reader.big else 4, len(body))
    return bytes(body + struct.pack(f"{order}{counter}", len(values)) + rows + bytes(room))
