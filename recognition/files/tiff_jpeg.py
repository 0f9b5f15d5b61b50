"""The JPEG of a TIFF page as JPEG, which then need not be decoded at full size.

TIFF Technical Note 2: each strip is a JPEG, its tables may stand once for all of them. And the older way of TIFF 6.0,
section 22, where one whole JPEG lies somewhere in the file.
"""

from collections.abc import Mapping

from recognition.files.jpeg_header import read_frame
from recognition.files.raster import JpegSource, Source, StripSource
from recognition.files.tiff_directory import (
    COMPRESSION,
    JPEG_TABLES,
    OLD_JPEG,
    OLD_JPEG_SIZE,
    PHOTOMETRIC,
    ROWS_PER_STRIP,
    SAMPLES,
    TILE_OFFSETS,
    Entry,
    TiffReader,
    pieces,
)

_CODING, _OLD_CODING = 7, 6
_MEANINGS = {(1, 1): b"", (3, 2): b"\0", (3, 6): b"\1"}
"""By samples and photometric interpretation (grey, RGB, YCbCr) how Adobe's marker names the colours of a JPEG."""
_ADOBE = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
_START, _END = b"\xff\xd8", b"\xff\xd9"


def jpeg_source(reader: TiffReader, tags: Mapping[int, Entry], size: tuple[int, int]) -> Source | None:
    """The page of `size` (width, height in px), None where it is no JPEG of strips in grey or YCbCr.

    Raises FileRefusedError: truncated.
    """
    coding = reader.number(tags, COMPRESSION, 1)
    if coding == _OLD_CODING:
        return _old(reader, tags, size)
    meant = reader.number(tags, SAMPLES, 1), reader.number(tags, PHOTOMETRIC, 0)
    if coding != _CODING or TILE_OFFSETS in tags or meant not in _MEANINGS:
        return None
    width, height = size
    rows = min(height, reader.number(tags, ROWS_PER_STRIP, height)) or height
    tables = _tables(reader, tags)
    strips: list[tuple[Source, int]] = []
    for top, (start, length) in zip(range(0, height, rows), pieces(reader, tags), strict=False):
        jpeg = _joined(tables, bytes(reader.data[start : start + length]), _MEANINGS[meant])
        frame = read_frame(jpeg)
        wanted = min(rows, height - top)
        # A strip is as large as the page says, or it would be a way around the limits.
        if frame is None or (frame.width, frame.components) != (width, meant[0]) or not wanted <= frame.height <= rows:
            return None
        strips.append((JpegSource(jpeg), wanted))
    complete = len(strips) == -(-height // rows)
    return StripSource(strips) if complete else None


def _tables(reader: TiffReader, tags: Mapping[int, Entry]) -> bytes:
    entry = tags.get(JPEG_TABLES)
    return bytes(reader.data[entry.at : entry.at + entry.length]) if entry else b""


def _joined(tables: bytes, strip: bytes, meaning: bytes) -> bytes:
    """The strip as a JPEG that stands for itself, and says what its samples mean."""
    if not strip.startswith(_START):
        return strip
    whole = tables.startswith(_START) and tables.endswith(_END)
    named = _ADOBE + meaning if meaning else b""
    return _START + named + (tables[len(_START) : -len(_END)] if whole else b"") + strip[len(_START) :]


def _old(reader: TiffReader, tags: Mapping[int, Entry], size: tuple[int, int]) -> Source | None:
    start, length = reader.number(tags, OLD_JPEG, 0), reader.number(tags, OLD_JPEG_SIZE, 0)
    jpeg = bytes(reader.data[start : start + length])
    frame = read_frame(jpeg) if jpeg.startswith(_START) else None
    return JpegSource(jpeg) if frame and (frame.width, frame.height) == size else None
