"""TIFF files written tag by tag: what libraries do not write and devices do (TIFF 6.0, BigTIFF)."""

import io
import struct
from collections.abc import Sequence
from typing import cast

from PIL import Image, TiffImagePlugin

from tests.recognition.drawn import Gray

SHORT, LONG, RATIONAL, LONG8 = 3, 4, 5, 16
CODES = {1: "B", 2: "B", 7: "B", SHORT: "H", LONG: "I", RATIONAL: "I", LONG8: "Q"}
Tags = dict[int, tuple[int, Sequence[int]]]


def tiff(*pages: tuple[Tags, Sequence[bytes]], order: str = "<", big: bool = False) -> bytes:
    """Pages of tags and strips (tiles where tag 322 is there)."""
    out = bytearray((b"II" if order == "<" else b"MM") + struct.pack(f"{order}H", 43 if big else 42))
    out += struct.pack(f"{order}HHQ", 8, 0, 0) if big else bytes(4)
    link = 8 if big else 4
    for tags, strips in pages:
        link = _page(out, dict(tags), strips, order, link, big=big)
    return bytes(out)


def _page(out: bytearray, tags: Tags, strips: Sequence[bytes], order: str, link: int, *, big: bool) -> int:
    starts = [_put(out, strip) for strip in strips]
    places, sizes = (324, 325) if 322 in tags else (273, 279)
    kind, word, room, counter = (LONG8, "Q", 8, "Q") if big else (LONG, "I", 4, "H")
    tags[places], tags[sizes] = (kind, starts), (kind, [len(strip) for strip in strips])
    rows = b""
    for tag, (code, values) in sorted(tags.items()):
        raw = struct.pack(f"{order}{len(values)}{CODES[code]}", *values)
        cell = struct.pack(f"{order}{word}", _put(out, raw)) if len(raw) > room else raw
        count = len(values) // 2 if code == RATIONAL else len(values)
        rows += struct.pack(f"{order}HH{word}", tag, code, count) + cell.ljust(room, b"\0")
    at = _put(out, struct.pack(f"{order}{counter}", len(tags)) + rows + bytes(room))
    struct.pack_into(f"{order}{word}", out, link, at)
    return len(out) - room


def _put(out: bytearray, data: bytes) -> int:
    out += bytes(len(out) % 2)
    at = len(out)
    out += data
    return at


def tags_of(gray: Gray, coding: int, meaning: int, bits: Sequence[int] = (8,), dpi: int = 150) -> Tags:
    """The tags that every page has, for a page of one strip."""
    height, width = gray.shape
    return {
        256: (LONG, [width]),
        257: (LONG, [height]),
        258: (SHORT, bits),
        259: (SHORT, [coding]),
        262: (SHORT, [meaning]),
        277: (SHORT, [len(bits)]),
        278: (LONG, [height]),
        282: (RATIONAL, [dpi, 1]),
        283: (RATIONAL, [dpi, 1]),
        296: (SHORT, [2]),
    }


def group4(gray: Gray) -> bytes:
    """The bare CCITT T.6 data of a grey picture, ink as one."""
    height, width = gray.shape
    stream = io.BytesIO()
    Image.fromarray(gray <= 127).save(stream, "TIFF", compression="group4", strip_size=(width + 7) // 8 * height)
    with Image.open(stream) as written:
        tags = cast("TiffImagePlugin.TiffImageFile", written).tag_v2
        (at,), (length,) = tags[273], tags[279]
    return stream.getvalue()[at : at + length]
