"""Headers that claim what is not there: sizes, counts, depths."""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.recognition.hostile.made import READ, Hostile, saved

_SIDES = ((0, 0), (0, 100), (1, 1), (1, 65_000), (65_000, 1), (20_001, 10), (65_535, 65_535), (30_000, 30_000))


def made() -> Iterator[Hostile]:
    for width, height in _SIDES:
        name, large = f"{width}x{height}", width * height > 80_000_000 or max(width, height) > 20_000
        answers = ("too_many_pixels", "truncated") if large else ("truncated", READ)
        yield Hostile(f"{name}.jpg", _jpeg(width, height), answers)
        yield Hostile(f"{name}.png", _png(width, height), answers)
        yield Hostile(f"{name}.bmp", _bmp(width, height), (*answers, "not_an_image", "unsupported_coding"))
        yield Hostile(f"{name}.gif", _gif(width, height), answers)
    for bits in (0, 2, 12, 16, 255):
        recoded = bytearray(saved("JPEG"))
        recoded[_frame(recoded) + 4] = bits
        yield Hostile(f"{bits}-bit.jpg", bytes(recoded), ("truncated", "unsupported_coding"))
    for parts in (0, 2, 5, 255):
        recoded = bytearray(saved("JPEG"))
        recoded[_frame(recoded) + 9] = parts
        yield Hostile(f"{parts}-channels.jpg", bytes(recoded), ("truncated", "unsupported_coding"))
    for marker in (0xC3, 0xC5, 0xC9, 0xCF):
        recoded = bytearray(saved("JPEG"))
        recoded[_frame(recoded) + 1] = marker
        yield Hostile(f"frame-{marker:x}.jpg", bytes(recoded), ("truncated", "unsupported_coding", READ))
    yield Hostile("negative.bmp", _bmp(-100, -100), ("truncated", "not_an_image", "too_many_pixels", READ))
    yield Hostile("profile.png", _with_profile(b"\xff" * 3_000_000), (READ, "truncated"))
    yield Hostile("exif.jpg", saved("JPEG", exif=b"Exif\0\0MM\0*" + b"\xff" * 60_000), (READ, "truncated"))


def _frame(jpeg: bytes | bytearray) -> int:
    return bytes(jpeg).index(b"\xff\xc0")


def _jpeg(width: int, height: int) -> bytes:
    lying = bytearray(saved("JPEG"))
    at = _frame(lying)
    lying[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(lying)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _bmp(width: int, height: int) -> bytes:
    lying = bytearray(saved("BMP"))
    lying[18:26] = struct.pack("<ii", min(width, 2**31 - 1), min(height, 2**31 - 1))
    return bytes(lying)


def _gif(width: int, height: int) -> bytes:
    lying = bytearray(saved("GIF"))
    lying[6:10] = struct.pack("<HH", min(width, 65_535), min(height, 65_535))
    at = lying.index(b"\x2c")
    lying[at + 5 : at + 9] = struct.pack("<HH", min(width, 65_535), min(height, 65_535))
    return bytes(lying)


def _with_profile(profile: bytes) -> bytes:
    stream = io.BytesIO()
    Image.new("L", (60, 80), 250).save(stream, "PNG", icc_profile=profile)
    return stream.getvalue()
