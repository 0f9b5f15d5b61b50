"""Zip files with names, counts and contents that no unpacker should follow."""

import io
import struct
import zipfile
from collections.abc import Iterator

from tests.recognition.hostile.made import READ, Hostile, saved

_REFUSED = (
    *("archive_not_supported", "archive_encrypted", "archive_nested", "archive_too_large", "archive_without_scans"),
    *("truncated", "not_an_image"),
)
_NAMES = ("../../etc/passwd.jpg", "/etc/shadow.jpg", "C:\\windows\\x.jpg", "a\x1b[31mb.jpg", "x" * 60_000 + ".jpg")


def made() -> Iterator[Hostile]:
    page = saved("JPEG")
    for number, name in enumerate(_NAMES):
        yield Hostile(f"name-{number}.zip", _zip({name: page}), (READ, *_REFUSED))
    yield Hostile("nothing.zip", _zip({}), _REFUSED)
    yield Hostile("only-notes.zip", _zip({"notes.txt": b"no scans here", "list.csv": b"a;b"}), _REFUSED)
    yield Hostile("same-name-twice.zip", _twice(page), (READ, *_REFUSED))
    sound = _zip({"1.jpg": page, "2.jpg": page})
    for where in (0.1, 0.5, 0.9, 0.99):
        yield Hostile(f"cut-{where}.zip", sound[: round(len(sound) * where)], _REFUSED)
    yield Hostile("pixels-damaged.zip", sound.replace(page[900:1000], bytes(100)), (READ, *_REFUSED))
    yield Hostile("encrypted.zip", _flagged(sound), ("archive_encrypted", *_REFUSED))
    yield Hostile("size-lies.zip", _size_lies(sound), (READ, *_REFUSED))
    yield Hostile("link.zip", _link(), (READ, *_REFUSED))
    yield Hostile("jar.zip", _zip({"META-INF/MANIFEST.MF": b"x", "1.jpg": page}), (READ, *_REFUSED))


def _zip(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def _twice(page: bytes) -> bytes:
    whole = _zip({"1.jpg": page, "2.jpg": page})
    return whole.replace(b"2.jpg", b"1.jpg")


def _flagged(sound: bytes) -> bytes:
    """The bit that says a member is encrypted, in the local headers and in the directory."""
    flagged = bytearray(sound)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = sound.find(magic)
        while at >= 0:
            flagged[at + offset] |= 1
            at = sound.find(magic, at + 4)
    return bytes(flagged)


def _size_lies(sound: bytes) -> bytes:
    lying = bytearray(sound)
    at = sound.find(b"PK\x01\x02")
    lying[at + 20 : at + 28] = struct.pack("<II", 10, 0xFFFFFFF0)
    return bytes(lying)


def _link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("1.jpg")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return stream.getvalue()
