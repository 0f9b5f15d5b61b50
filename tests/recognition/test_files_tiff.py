"""Every TIFF that a device writes is the same page: codings, kinds of pixels, orders of bytes, strips and tiles."""

import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recognition.codes import FileError
from recognition.files.open_file import open_file
from recognition.files.raster import StripSource
from recognition.files.refused import FileRefusedError
from tests.recognition.drawn import Gray, jpeg
from tests.recognition.made_tiff import LONG, RATIONAL, SHORT, Tags, group4, tags_of, tiff
from tests.recognition.read_back import DPI, assert_read, bilevel, page_of, saved, sheet, unlike

STATED = {"dpi": (DPI, DPI)}
RAW, ZIP, JPEG, OLD_JPEG = 1, 8, 7, 6
WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, CMYK, YCBCR, LAB = 0, 1, 2, 3, 5, 6, 8


def one(pixels: np.ndarray, meaning: int, bits: tuple[int, ...] = (8,), *, order: str = "<", **tags: tuple) -> bytes:
    """One strip of packed pixels."""
    named = {int(tag[1:]): value for tag, value in tags.items()}
    return tiff((tags_of(sheet(), ZIP, meaning, bits) | named, [zlib.compress(pixels.tobytes(), 1)]), order=order)


def strips(rows: int, coding: int = RAW, *, order: str = "<", big: bool = False) -> bytes:
    pieces = [np.ascontiguousarray(sheet()[top : top + rows]) for top in range(0, len(sheet()), rows)]
    packed = [jpeg(piece) if coding == JPEG else piece.tobytes() for piece in pieces]
    return tiff((tags_of(sheet(), coding, BLACK_IS_ZERO) | {278: (LONG, [rows])}, packed), order=order, big=big)


def tiles(side: int, coding: int = ZIP) -> bytes:
    height, width = sheet().shape
    padded = np.pad(sheet(), ((0, -height % side), (0, -width % side)))
    cut = [
        np.ascontiguousarray(padded[top : top + side, left : left + side])
        for top in range(0, height, side)
        for left in range(0, width, side)
    ]
    packed = [jpeg(tile) if coding == JPEG else zlib.compress(tile.tobytes(), 1) for tile in cut]
    tags = tags_of(sheet(), coding, BLACK_IS_ZERO) | {322: (LONG, [side]), 323: (LONG, [side])}
    del tags[278]
    return tiff((tags, packed))


def shared_tables() -> bytes:
    """As libtiff writes it: the tables once, the strips without."""
    whole = jpeg(sheet())
    tables, scan = [], [whole[:2]]
    at = 2
    while whole[at + 1] != 0xDA:
        length = int.from_bytes(whole[at + 2 : at + 4], "big") + 2
        (tables if whole[at + 1] in (0xC4, 0xDB) else scan).append(whole[at : at + length])
        at += length
    common = b"\xff\xd8" + b"".join(tables) + b"\xff\xd9"
    return tiff((tags_of(sheet(), JPEG, BLACK_IS_ZERO) | {347: (7, list(common))}, [b"".join(scan) + whole[at:]]))


def old_jpeg() -> bytes:
    whole = jpeg(sheet())
    tags = tags_of(sheet(), OLD_JPEG, BLACK_IS_ZERO)
    return tiff((tags | {513: (LONG, [8]), 514: (LONG, [len(whole)])}, [whole]))


def planes(order: str = "<") -> bytes:
    plane = zlib.compress(sheet().tobytes(), 1)
    return tiff((tags_of(sheet(), ZIP, RGB, (8, 8, 8)) | {284: (SHORT, [2])}, [plane] * 3), order=order)


def stacked(*others: Gray) -> Gray:
    return np.dstack([sheet(), *others])


def nibbles() -> Gray:
    levels = np.pad(sheet() >> 4, ((0, 0), (0, sheet().shape[1] % 2)))
    return (levels[:, ::2] << 4) | levels[:, 1::2]


def bitwise(gray: Gray) -> Gray:
    return np.packbits(gray > 127, axis=1)


def reversed_bits(data: bytes) -> bytes:
    return bytes(int(f"{byte:08b}"[::-1], 2) for byte in data)


GREY: dict[str, Callable[[], bytes]] = {
    "as it is": lambda: saved("TIFF", **STATED),
    "LZW": lambda: saved("TIFF", compression="tiff_lzw", **STATED),
    "Deflate": lambda: saved("TIFF", compression="tiff_adobe_deflate", **STATED),
    "PackBits": lambda: saved("TIFF", compression="packbits", **STATED),
    "LZW colour with a predictor": lambda: saved("TIFF", "RGB", compression="tiff_lzw", tiffinfo={317: 2}, **STATED),
    "JPEG grey": lambda: saved("TIFF", compression="jpeg", **STATED),
    "JPEG colour": lambda: saved("TIFF", "RGB", compression="jpeg", **STATED),
    "JPEG YCbCr": lambda: saved("TIFF", "YCbCr", compression="jpeg", **STATED),
    "JPEG CMYK": lambda: saved("TIFF", "CMYK", compression="jpeg", **STATED),
    "JPEG of shared tables": shared_tables,
    "JPEG in strips": lambda: strips(160, JPEG),
    "JPEG in strips of odd height": lambda: strips(151, JPEG),
    "JPEG in tiles": lambda: tiles(256, JPEG),
    "JPEG of the older kind": old_jpeg,
    "see-through": lambda: saved("TIFF", "RGBA", **STATED),
    "palette": lambda: saved("TIFF", "P", **STATED),
    "CMYK": lambda: saved("TIFF", "CMYK", **STATED),
    "Lab": lambda: one(stacked(np.full_like(sheet(), 0), np.full_like(sheet(), 0)), LAB, (8, 8, 8)),
    "white is nought": lambda: one(255 - sheet(), WHITE_IS_ZERO),
    "16 bits": lambda: one(sheet().astype("<u2") * 257, BLACK_IS_ZERO, (16,)),
    "16 bits, white is nought": lambda: one((255 - sheet()).astype("<u2") * 257, WHITE_IS_ZERO, (16,)),
    "16 bits, large end first": lambda: one(sheet().astype(">u2") * 257, BLACK_IS_ZERO, (16,), order=">"),
    "16 bits, large end first, white is nought": lambda: one(
        (255 - sheet()).astype(">u2") * 257, WHITE_IS_ZERO, (16,), order=">"
    ),
    "16 bits colour": lambda: one(np.repeat(sheet()[:, :, None].astype("<u2") * 257, 3, 2), RGB, (16, 16, 16)),
    "floating": lambda: one(sheet().astype("<f4") / 255, BLACK_IS_ZERO, (32,), _339=(SHORT, [3])),
    "large end first": lambda: strips(100, order=">"),
    "planes": planes,
    "planes, large end first": lambda: planes(">"),
    "one strip": lambda: strips(len(sheet())),
    "a row a strip": lambda: strips(1),
    "tiles": lambda: tiles(256),
    "BigTIFF": lambda: strips(100, big=True),
    "BigTIFF, large end first": lambda: strips(100, order=">", big=True),
    "BigTIFF of a library": lambda: saved("TIFF", big_tiff=True, compression="tiff_lzw", **STATED),
    "dots per centimetre": lambda: saved("TIFF", resolution=DPI / 2.54, resolution_unit=3),
    "without a resolution": lambda: saved("TIFF"),
}
BILEVEL: dict[str, Callable[[], bytes]] = {
    "as it is": lambda: saved("TIFF", "1", bilevel(), **STATED),
    "G3": lambda: saved("TIFF", "1", bilevel(), compression="group3", **STATED),
    "G3 in two dimensions": lambda: saved("TIFF", "1", bilevel(), compression="group3", tiffinfo={292: 1}, **STATED),
    "modified Huffman": lambda: saved("TIFF", "1", bilevel(), compression="tiff_ccitt", **STATED),
    "G4": lambda: saved("TIFF", "1", bilevel(), compression="group4", **STATED),
    "G4, black is nought": lambda: tiff((tags_of(bilevel(), 4, BLACK_IS_ZERO, (1,)), [group4(255 - bilevel())])),
    "G4, low bit first": lambda: tiff(
        (tags_of(bilevel(), 4, WHITE_IS_ZERO, (1,)) | {266: (SHORT, [2])}, [reversed_bits(group4(bilevel()))])
    ),
    "LZW": lambda: saved("TIFF", "1", bilevel(), compression="tiff_lzw", **STATED),
    "low bit first": lambda: tiff(
        (
            tags_of(bilevel(), RAW, BLACK_IS_ZERO, (1,)) | {266: (SHORT, [2])},
            [reversed_bits(bitwise(bilevel()).tobytes())],
        )
    ),
    "white is nought": lambda: one(bitwise(255 - bilevel()), WHITE_IS_ZERO, (1,)),
    "two colours": lambda: one(bitwise(bilevel()), PALETTE, (1,), _320=(SHORT, [0, 65535, 0, 65535, 0, 65535])),
}


@pytest.mark.parametrize("name", list(GREY))
def test_the_page_is_read(tmp_path: Path, name: str) -> None:
    assert_read(page_of(tmp_path, GREY[name]()))


@pytest.mark.parametrize("name", list(BILEVEL))
def test_a_bilevel_page_is_read(tmp_path: Path, name: str) -> None:
    assert_read(page_of(tmp_path, BILEVEL[name]()), like=bilevel(), within=2)


def test_few_greys_reach_from_black_to_white(tmp_path: Path) -> None:
    like = (sheet() >> 4) * np.uint8(17)
    assert_read(page_of(tmp_path, one(nibbles(), BLACK_IS_ZERO, (4,))), like=like)
    assert_read(page_of(tmp_path, one(255 - nibbles(), WHITE_IS_ZERO, (4,))), like=like)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_jpeg_lies_as_a_viewer_shows_it(tmp_path: Path, orientation: int) -> None:
    undo = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    image = Image.fromarray(sheet())
    stored = np.asarray(image if undo is None else image.transpose(Image.Transpose(undo)))
    tags = tags_of(stored, JPEG, BLACK_IS_ZERO) | {274: (SHORT, [orientation])}
    page = page_of(tmp_path, tiff((tags, [jpeg(stored)])))
    assert (page.height, page.width) == sheet().shape
    assert unlike(page, sheet()) < 4


def test_jpeg_is_decoded_no_larger_than_it_is_asked_for(tmp_path: Path) -> None:
    for data in (shared_tables(), strips(160, JPEG), saved("TIFF", "RGB", compression="jpeg")):
        assert isinstance(page_of(tmp_path, data).source, StripSource)


def test_pixels_that_are_not_square_are_told(tmp_path: Path) -> None:
    fax = np.ascontiguousarray(sheet()[::2])
    tags = tags_of(fax, RAW, BLACK_IS_ZERO) | {283: (RATIONAL, [DPI // 2, 1])}
    page = page_of(tmp_path, tiff((tags, [fax.tobytes()])))
    assert page.dpi == pytest.approx((DPI, DPI / 2))
    assert_read(page, dpi=106)


def test_pages_of_different_kinds_in_one_file(tmp_path: Path) -> None:
    black = tags_of(bilevel(), 4, WHITE_IS_ZERO, (1,)), [group4(bilevel())]
    grey = tags_of(sheet(), JPEG, BLACK_IS_ZERO), [jpeg(sheet())]
    colour = tags_of(sheet(), RAW, RGB, (8, 8, 8)), [np.repeat(sheet()[:, :, None], 3, 2).tobytes()]
    small = np.ascontiguousarray(sheet()[::8, ::8])
    thumbnail: tuple[Tags, list[bytes]] = (tags_of(small, RAW, BLACK_IS_ZERO) | {254: (LONG, [1])}, [small.tobytes()])
    data = tiff(black, thumbnail, grey, colour)
    path = tmp_path / "mixed"
    path.write_bytes(data)
    file = open_file(path)
    assert file.page_count == 3, "the small copy is no page"
    for index in reversed(range(3)):
        assert_read(file.page(index), like=bilevel() if index == 0 else sheet())


def refused(folder: Path, data: bytes) -> FileError:
    with pytest.raises(FileRefusedError) as error:
        page_of(folder, data).gray(1)
    return error.value.code


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


CUT: dict[str, Callable[[], bytes]] = {
    "JPEG": lambda: tiff((tags_of(sheet(), JPEG, BLACK_IS_ZERO), [half(jpeg(sheet()))])),
    "Deflate": lambda: tiff((tags_of(sheet(), ZIP, BLACK_IS_ZERO), [half(zlib.compress(sheet().tobytes()))])),
    "as it is": lambda: tiff((tags_of(sheet(), RAW, BLACK_IS_ZERO), [half(sheet().tobytes())])),
    "G4": lambda: tiff(
        (tags_of(bilevel(), 4, WHITE_IS_ZERO, (1,)), [half(group4(bilevel())) + bytes(range(1, 255)) * 9])
    ),
}


@pytest.mark.parametrize("name", list(CUT))
def test_a_page_that_ends_early_in_a_whole_file_is_truncated(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, CUT[name]()) is FileError.TRUNCATED


UNREADABLE: dict[str, tuple[Callable[[], bytes], FileError]] = {
    "a camera's raw file": (
        lambda: tiff((tags_of(sheet(), RAW, BLACK_IS_ZERO) | {50706: (1, [1, 4, 0, 0])}, [sheet().tobytes()])),
        FileError.UNSUPPORTED_FORMAT,
    ),
    "a coding of one maker": (
        lambda: tiff((tags_of(sheet(), 34712, BLACK_IS_ZERO), [sheet().tobytes()])),
        FileError.UNSUPPORTED_CODING,
    ),
    "pixels of 6 bits": (
        lambda: tiff((tags_of(sheet(), RAW, BLACK_IS_ZERO, (6,)), [sheet().tobytes()])),
        FileError.UNSUPPORTED_CODING,
    ),
    "JPEG of 12 bits": (
        lambda: tiff(
            (
                tags_of(sheet(), JPEG, BLACK_IS_ZERO, (12,)),
                [jpeg(sheet()).replace(b"\xff\xc0\0\x0b\x08", b"\xff\xc1\0\x0b\x0c")],
            )
        ),
        FileError.UNSUPPORTED_CODING,
    ),
    "JPEG larger than its page": (
        lambda: tiff((tags_of(sheet()[:100, :100], JPEG, BLACK_IS_ZERO), [jpeg(sheet())])),
        FileError.TRUNCATED,
    ),
    "one strip where a thousand belong": (
        lambda: tiff((tags_of(sheet(), RAW, BLACK_IS_ZERO) | {278: (LONG, [1])}, [b"x"])),
        FileError.TRUNCATED,
    ),
}


@pytest.mark.parametrize("name", list(UNREADABLE))
def test_what_is_not_read_is_named(tmp_path: Path, name: str) -> None:
    make, expected = UNREADABLE[name]
    assert refused(tmp_path, make()) is expected
