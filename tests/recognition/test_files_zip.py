"""An archive of scans is one file of pages, whatever lies in it beside them, and is no way around any limit."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from recognition.codes import FileError
from recognition.files.open_file import open_file
from recognition.files.refused import FileRefusedError
from recognition.limits import DEFAULT, Limits
from recognition.pages.check import check_page
from tests.check.test_command import check
from tests.recognition.drawn import PRACTICE, jpeg, pdf
from tests.recognition.read_back import assert_read, saved, sheet

SCAN = jpeg(sheet(), 150)


def packed(*entries: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def with_flag(data: bytes, flag: int) -> bytes:
    """Sets a bit of every entry's flags, as locked archives have it."""
    out = bytearray(data)
    for magic, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = out.find(magic)
        while start >= 0:
            (flags,) = struct.unpack_from("<H", out, start + at)
            struct.pack_into("<H", out, start + at, flags | flag)
            start = out.find(magic, start + 4)
    return bytes(out)


def refusal(folder: Path, data: bytes, limits: Limits = DEFAULT) -> tuple[FileError, str | None]:
    path = folder / "scans.pdf"
    path.write_bytes(data)
    with pytest.raises(FileRefusedError) as refused:
        _read_all(path, limits)
    return refused.value.code, refused.value.detail.get("entry")


def _read_all(path: Path, limits: Limits) -> None:
    file = open_file(path, limits)
    for index in range(file.page_count):
        file.page(index).gray(8)


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_pages_come_in_the_order_of_names_and_say_where_they_are_from(tmp_path: Path, how: int) -> None:
    data = packed(
        ("b/2.jpg", SCAN),
        ("b/1.pdf", pdf([sheet()] * 2, 150)),
        ("a.tif", saved("TIFF", dpi=(150, 150), save_all=True)),
        ("list.txt", b"notes"),
        ("b/Thumbs.db", b"\xd0\xcf\x11\xe0"),
        ("__MACOSX/b/._2.jpg", b"\0\5\x16\7"),
        (".DS_Store", b"\0"),
        ("empty/", b""),
        how=how,
    )
    path = tmp_path / "scans"
    path.write_bytes(data)
    file = open_file(path)
    assert file.page_count == 4
    assert [file.page(index).entry for index in range(4)] == ["a.tif", "1.pdf", "1.pdf", "2.jpg"]
    for index in (3, 0, 2):
        assert_read(file.page(index))
    assert check_page(3, file.page(3), PRACTICE, "TEST")[0].entry == "2.jpg"


def test_names_of_russian_windows_are_read(tmp_path: Path) -> None:
    data = packed(("xxxx.jpg", SCAN)).replace(b"xxxx", "скан".encode("cp866"))
    path = tmp_path / "scans"
    path.write_bytes(data)
    assert open_file(path).page(0).entry == "скан.jpg"


def test_a_name_is_shown_and_nothing_else(tmp_path: Path) -> None:
    data = packed(("../../etc/" + "a" * 300 + "\u202e\n.jpg", SCAN))
    path = tmp_path / "scans"
    path.write_bytes(data)
    shown = open_file(path).page(0).entry
    assert shown is not None
    assert len(shown) == 60
    assert shown.isprintable()
    assert "/" not in shown
    assert [path.name for path in tmp_path.iterdir()] == ["scans"]


REFUSED: dict[str, tuple[Callable[[], bytes], FileError, str | None]] = {
    "nothing in it": (packed, FileError.ARCHIVE_WITHOUT_SCANS, None),
    "no scan in it": (lambda: packed(("a.txt", b"notes"), ("b", b"")), FileError.ARCHIVE_WITHOUT_SCANS, None),
    "an archive in it": (
        lambda: packed(("1.jpg", SCAN), ("2.zip", packed(("1.jpg", SCAN)))),
        FileError.ARCHIVE_NESTED,
        "2.zip",
    ),
    "another archive in it": (lambda: packed(("2.rar", b"Rar!\x1a\7\0")), FileError.ARCHIVE_NESTED, "2.rar"),
    "a password": (lambda: with_flag(packed(("1.jpg", SCAN)), 1), FileError.ARCHIVE_ENCRYPTED, None),
    "a text called scan": (lambda: packed(("1.jpg", b"text")), FileError.NOT_AN_IMAGE, "1.jpg"),
    "an empty scan": (lambda: packed(("1.jpg", b"")), FileError.EMPTY_FILE, "1.jpg"),
    "a cut scan": (lambda: packed(("1.jpg", SCAN), ("2.jpg", SCAN[:9000])), FileError.TRUNCATED, "2.jpg"),
    "a locked PDF": (lambda: packed(("1.pdf", b"%PDF-1.7 broken")), FileError.BROKEN_PDF, "1.pdf"),
    "a changed byte": (lambda: _changed(packed(("1.jpg", SCAN))), FileError.TRUNCATED, "1.jpg"),
    "a lost end": (lambda: packed(("1.jpg", SCAN))[:-40], FileError.TRUNCATED, None),
    "a lost half": (lambda: packed(("1.jpg", SCAN))[:5000], FileError.TRUNCATED, None),
    "a bomb": (lambda: packed(("1.bmp", b"BM" + bytes(80_000_000))), FileError.ARCHIVE_TOO_LARGE, None),
    "many files": (lambda: packed(*((f"{n}.jpg", b"x") for n in range(1001))), FileError.ARCHIVE_TOO_LARGE, None),
    "many pages": (lambda: packed(*((f"{n}.jpg", SCAN) for n in range(201))), FileError.TOO_MANY_PAGES, None),
    "an office document": (
        lambda: packed(("word/media/1.jpg", SCAN), ("[Content_Types].xml", b"<x/>")),
        FileError.NOT_AN_IMAGE,
        None,
    ),
    "a coding of few programs": (
        lambda: packed(("1.jpg", SCAN), how=zipfile.ZIP_LZMA),
        FileError.ARCHIVE_NOT_SUPPORTED,
        None,
    ),
}


def _changed(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_is_not_read_is_named_with_the_file_meant(tmp_path: Path, name: str) -> None:
    make, code, entry = REFUSED[name]
    assert refusal(tmp_path, make()) == (code, entry)


def test_all_its_files_together_are_no_larger_than_a_file_may_be(tmp_path: Path) -> None:
    small = replace(DEFAULT, file_bytes=3 * len(SCAN))
    data = packed(*((f"{number}.bmp", b"BM" + bytes(len(SCAN))) for number in range(4)))
    assert refusal(tmp_path, data, small) == (FileError.ARCHIVE_TOO_LARGE, None)


def test_the_command_checks_an_archive_and_names_the_scan(tmp_path: Path) -> None:
    (tmp_path / "scans.zip").write_bytes(packed(("1.jpg", SCAN)))
    (tmp_path / "bad.zip").write_bytes(packed(("скан 2.jpg", SCAN[:9000])))
    done = check("scans.zip", "bad.zip", "--participants", 1, "--event", "TEST", "--json", folder=tmp_path)
    sound, broken = json.loads(done.stdout)["files"]
    assert [page["entry"] for page in sound["pages"]] == ["1.jpg"]
    assert broken["error"]["code"] == "truncated"
    assert "«скан 2.jpg»" in broken["error"]["message"]
