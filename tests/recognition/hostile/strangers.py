"""Files that are no scans, and files that are two things at once."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator

from tests.recognition.hostile.made import READ, Hostile, as_png, noise, saved

_NONE = ("not_an_image", "unsupported_format", "archive_not_supported", "truncated", "empty_file")
_NO_SCAN = {
    "empty": b"",
    "one-byte": b"\xff",
    "zeros": bytes(5_000),
    "ones": b"\xff" * 5_000,
    "text": "Скан не получился, отправлю позже".encode(),
    "page.html": b"<!doctype html><script>alert(1)</script>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "entities.svg": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>',
    "print.ps": b"%!PS\n(/etc/passwd) (r) file",
    "program.exe": b"MZ" + bytes(600),
    "program.elf": b"\x7fELF" + bytes(600),
    "script.sh": b"#!/bin/sh\nrm -rf /\n",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "book.djvu": b"AT&TFORM" + bytes(600),
    "film.mp4": b"\0\0\0\x18ftypmp42" + bytes(600),
    "sound.mp3": b"ID3\x04" + bytes(600),
    "vector.emf": b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(100),
    "layers.psd": b"8BPS\0\x01" + bytes(600),
    "archive.rar": b"Rar!\x1a\x07\x01\0" + bytes(600),
    "archive.7z": b"7z\xbc\xaf\x27\x1c" + bytes(600),
    "riff.wav": b"RIFF\x24\x08\0\0WAVEfmt " + bytes(600),
    "webp-head-only.webp": b"RIFF\xff\xff\xff\x7fWEBPVP8 ",
    "heic-head-only.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "database.sqlite": b"SQLite format 3\0" + bytes(600),
}


def made() -> Iterator[Hostile]:
    for name, data in _NO_SCAN.items():
        yield Hostile(name, data, _NONE)
    yield Hostile("noise.bin", noise((100, 100)).tobytes(), _NONE)
    yield Hostile("bitmap.gz", gzip.compress(saved("BMP")), _NONE)
    yield Hostile("scans.tar", _tar(), _NONE)
    yield Hostile("office.docx", _office(), _NONE)
    yield Hostile("pdf-and-zip.pdf", saved("PDF") + _office(), (READ, "broken_pdf", *_NONE))
    yield Hostile("jpeg-and-page.jpg", saved("JPEG") + b"<script>alert(1)</script>" * 50, (READ,))
    yield Hostile("gif-and-script.gif", b"GIF89a/*" + bytes(300), (*_NONE, "too_many_pixels"))
    yield Hostile("png-and-php.png", as_png(noise((60, 60))) + b"<?php system($_GET['x']); ?>", (READ,))
    yield Hostile("text-before.pdf", b"x" * 900 + saved("PDF"), (READ, "broken_pdf"))


def _tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        entry = tarfile.TarInfo("../1.jpg")
        entry.size = 9
        archive.addfile(entry, io.BytesIO(bytes(9)))
    return stream.getvalue()


def _office() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return stream.getvalue()
