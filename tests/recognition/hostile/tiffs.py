"""TIFF directories that loop, overlap, point nowhere or count too far (TIFF 6.0, section 2)."""

import struct
from collections.abc import Iterator

from tests.recognition.hostile.made import READ, Hostile

_REFUSED = ("truncated", "not_an_image", "too_many_pages", "too_many_pixels", "unsupported_coding", "memory_limit")
_SOUND = {256: 16, 257: 16, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: 16, 279: 256}


def made() -> Iterator[Hostile]:
    yield Hostile("loop-to-itself.tif", _tiff(_SOUND, link=264), (*_REFUSED, READ))
    yield Hostile("points-nowhere.tif", _tiff(_SOUND, link=0xFFFFFFF0), _REFUSED)
    yield Hostile("first-nowhere.tif", b"II*\0" + struct.pack("<I", 0xFFFFFF00) + bytes(300), _REFUSED)
    yield Hostile("no-directory.tif", b"II*\0\0\0\0\0", _REFUSED)
    yield Hostile("65535-entries.tif", b"II*\0\x08\0\0\0" + b"\xff\xff" + bytes(600), _REFUSED)
    yield Hostile("no-entries.tif", b"II*\0\x08\0\0\0\0\0\0\0\0\0", _REFUSED)
    for name, change in _CHANGES.items():
        yield Hostile(f"{name}.tif", _tiff({**_SOUND, **change}), (*_REFUSED, READ))
    yield Hostile("big-loop.tif", b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, 0) + struct.pack("<Q", 16), _REFUSED)
    yield Hostile("big-nowhere.tif", b"II+\0\x08\0\0\0" + struct.pack("<Q", 2**63), _REFUSED)


_CHANGES: dict[str, dict[int, int]] = {
    "no-width": {256: 0},
    "width-4-billion": {256: 0xFFFFFFFF},
    "height-4-billion": {257: 0xFFFFFFFF},
    "strip-beyond": {273: 0x7FFFFFFF},
    "strip-of-4-gb": {279: 0xFFFFFFFF},
    "strip-of-none": {279: 0},
    "no-rows-a-strip": {278: 0},
    "65535-samples": {277: 65_535},
    "0-bits": {258: 0},
    "7-bits": {258: 7},
    "unknown-coding": {259: 9_999},
    "old-jpeg": {259: 6},
    "jpeg-without-tables": {259: 7},
    "group4-of-noise": {259: 4, 258: 1},
    "lzw-of-noise": {259: 5},
    "zip-of-noise": {259: 8},
    "palette-without-map": {262: 3},
    "unknown-colour": {262: 77},
}


def _tiff(tags: dict[int, int], link: int = 0) -> bytes:
    """One directory at 264, after 256 bytes of pixels at 8; every value is a LONG."""
    pixels = bytes(range(256))
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(tags.items()))
    return b"II*\0" + struct.pack("<I", 264) + pixels + struct.pack("<H", len(tags)) + entries + struct.pack("<I", link)
