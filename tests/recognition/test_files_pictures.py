"""Every format of one picture that a scanner or a phone writes is the same page."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from recognition.codes import FileError
from recognition.files.refused import FileRefusedError
from tests.recognition.drawn import Gray
from tests.recognition.read_back import DPI, assert_read, bilevel, page_of, saved, sheet, unlike

STATED = {"dpi": (DPI, DPI)}
UNDO = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
"""By EXIF orientation what Pillow calls the turn that undoes it."""


def corner() -> Gray:
    """A part of the sheet that shows which way it lies; large ones take HEIC seconds to write."""
    return sheet()[-400:, :300]


def oriented(orientation: int, gray: Gray | None = None) -> Gray:
    undo = UNDO[orientation]
    image = Image.fromarray(corner() if gray is None else gray)
    return np.asarray(image if undo is None else image.transpose(Image.Transpose(undo)))


def see_through() -> Image.Image:
    """Black ink of all degrees of opacity on nothing, as programs cut a scan out."""
    rgba = np.zeros((*sheet().shape, 4), np.uint8)
    rgba[:, :, 3] = 255 - sheet()
    return Image.fromarray(rgba)


def written(image: Image.Image, kind: str, **how: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **how)
    return stream.getvalue()


def profiled() -> bytes:
    return saved("JPEG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), **STATED)


def two_pictures() -> bytes:
    second = Image.fromarray(sheet()[::4, ::4])
    return saved("MPO", save_all=True, append_images=[second], **STATED)


def heic(image: Image.Image | None = None, **how: object) -> bytes:
    stream = io.BytesIO()
    pillow_heif.from_pillow(image or Image.fromarray(sheet()).convert("RGB")).save(
        stream, quality=80, enc_params={"preset": "ultrafast"}, **how
    )
    return stream.getvalue()


def wide(kind: str, bits: int, **how: object) -> bytes:
    """Sixteen bits a pixel, of which a device fills so many."""
    pixels = (sheet().astype(np.uint32) * (2**bits - 1) // 255).astype(np.uint16)
    return written(Image.fromarray(pixels), kind, **how)


def png(colour: int, depth: int, rows: np.ndarray, extra: bytes = b"", interlaced: bool = False) -> bytes:
    """A PNG of rows of bytes as they are packed, without a filter (PNG specification, 11)."""
    import zlib  # noqa: PLC0415 - only here

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    height, width = sheet().shape
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    packed = zlib.compress(np.pad(rows, ((0, 0), (1, 0))).tobytes(), 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def rgb16() -> bytes:
    return png(2, 16, np.repeat(sheet(), 6, axis=1))


def four_bits() -> bytes:
    levels = sheet()[:, : sheet().shape[1] // 2 * 2] >> 4
    return png(0, 4, (levels[:, ::2] << 4) | levels[:, 1::2])


def apng() -> bytes:
    other = Image.new("L", sheet().shape[::-1], 0)
    return saved("PNG", save_all=True, append_images=[other], **STATED)


def gif_of_two() -> bytes:
    return saved("GIF", save_all=True, append_images=[Image.new("L", sheet().shape[::-1], 0)])


def bmp(bits: int, rows: np.ndarray, palette: bytes = b"", *, top_down: bool = False, coding: int = 0) -> bytes:
    """A bitmap with a header of 40 bytes; `rows` from the top, packed and padded to four bytes."""
    height, width = sheet().shape
    body = (rows if top_down or coding else rows[::-1]).tobytes()
    start = 54 + len(palette)
    per_metre = round(DPI / 0.0254)
    head = struct.pack(
        "<IiiHHIIiiII",
        40,
        width,
        -height if top_down else height,
        1,
        bits,
        coding,
        len(body),
        per_metre,
        per_metre,
        0,
        0,
    )
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + head + palette + body


def bmp16() -> bytes:
    five = sheet().astype(np.uint16) >> 3
    return bmp(16, five << 10 | five << 5 | five)


def bmp32_of_old_programs() -> bytes:
    """The fourth byte is nought all over, and yet the header calls it opacity."""
    stream = io.BytesIO()
    rgba = np.dstack([sheet()] * 3 + [np.zeros_like(sheet())])
    Image.fromarray(rgba).save(stream, "BMP", **STATED)
    return stream.getvalue()


def bmp_rle(bits: int = 8) -> bytes:
    """Run lengths of eight or four bits, from the bottom row up."""
    greys = bytes(value for level in range(0, 256, 1 if bits == 8 else 17) for value in (level, level, level, 0))
    rows = bytearray()
    for row in bilevel()[::-1]:
        ends = np.flatnonzero(np.diff(row.astype(np.int16))) + 1
        for start, end in zip([0, *ends], [*ends, len(row)], strict=True):
            for at in range(start, end, 255):
                rows += bytes((min(255, end - at), int(row[start])))
        rows += b"\0\0"
    return bmp(bits, np.frombuffer(bytes(rows) + b"\0\1", np.uint8), greys, coding=1 if bits == 8 else 2)


FORMATS: dict[str, Callable[[], bytes]] = {
    "JPEG grey": lambda: saved("JPEG", **STATED),
    "JPEG colour": lambda: saved("JPEG", "RGB", **STATED),
    "JPEG 4:2:0": lambda: saved("JPEG", "RGB", subsampling="4:2:0", **STATED),
    "JPEG progressive": lambda: saved("JPEG", progressive=True, **STATED),
    "JPEG progressive colour": lambda: saved("JPEG", "RGB", progressive=True, **STATED),
    "JPEG stored as RGB": lambda: saved("JPEG", "RGB", keep_rgb=True, **STATED),
    "JPEG CMYK": lambda: saved("JPEG", "CMYK", **STATED),
    "JPEG CMYK progressive": lambda: saved("JPEG", "CMYK", progressive=True, **STATED),
    "JPEG with restarts": lambda: saved("JPEG", restart_marker_rows=4, **STATED),
    "JPEG without a resolution": lambda: saved("JPEG"),
    "JPEG with a profile": profiled,
    "JPEG of two pictures": two_pictures,
    "PNG grey": lambda: saved("PNG", **STATED),
    "PNG colour": lambda: saved("PNG", "RGB", **STATED),
    "PNG opaque": lambda: saved("PNG", "RGBA", **STATED),
    "PNG grey opaque": lambda: saved("PNG", "LA", **STATED),
    "PNG see-through": lambda: written(see_through(), "PNG", **STATED),
    "PNG palette": lambda: saved("PNG", "P", **STATED),
    "PNG 16 bits": lambda: wide("PNG", 16, **STATED),
    "PNG 16 bits colour": rgb16,
    "PNG of several frames": apng,
    "WebP": lambda: saved("WEBP", quality=90),
    "WebP without loss": lambda: saved("WEBP", lossless=True, quality=20, method=0),
    "WebP see-through": lambda: written(see_through(), "WEBP", quality=90),
    "WebP see-through without loss": lambda: written(see_through(), "WEBP", lossless=True, quality=20, method=0),
    "HEIC": heic,
    "HEIC grey": lambda: heic(Image.fromarray(sheet())),
    "HEIC see-through": lambda: heic(see_through()),
    "AVIF": lambda: saved("AVIF", "RGB", quality=80, speed=10),
    "AVIF grey": lambda: saved("AVIF", quality=80, speed=10),
    "BMP 8 bits": lambda: saved("BMP", **STATED),
    "BMP 16 bits": bmp16,
    "BMP 24 bits": lambda: saved("BMP", "RGB", **STATED),
    "BMP 32 bits": lambda: saved("BMP", "RGBA", **STATED),
    "BMP 32 bits without opacity": bmp32_of_old_programs,
    "BMP from the top": lambda: bmp(
        8,
        np.pad(sheet(), ((0, 0), (0, -sheet().shape[1] % 4))),
        bytes(v for i in range(256) for v in (i, i, i, 0)),
        top_down=True,
    ),
    "GIF": lambda: saved("GIF"),
    "GIF of several frames": gif_of_two,
}
BILEVEL: dict[str, Callable[[], bytes]] = {
    "PNG": lambda: saved("PNG", "1", bilevel(), **STATED),
    "PNG of two colours": lambda: png(3, 1, np.packbits(bilevel() == 0, axis=1), palette_chunk(b"\xff\xff\xff\0\0\0")),
    "PNG 2 bits": lambda: written(
        Image.fromarray(bilevel()).convert("P", palette=Image.Palette.ADAPTIVE, colors=3), "PNG", bits=2, **STATED
    ),
    "BMP": lambda: saved("BMP", "1", bilevel(), **STATED),
    "BMP of run lengths": bmp_rle,
    "BMP of run lengths, 4 bits": lambda: bmp_rle(4),
    "GIF": lambda: saved("GIF", "1", bilevel()),
    "WebP": lambda: saved("WEBP", "L", bilevel(), lossless=True, quality=20, method=0),
}


def palette_chunk(colours: bytes) -> bytes:
    import zlib  # noqa: PLC0415 - only here

    return struct.pack(">I", len(colours)) + b"PLTE" + colours + struct.pack(">I", zlib.crc32(b"PLTE" + colours))


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_page_is_read(tmp_path: Path, name: str) -> None:
    assert_read(page_of(tmp_path, FORMATS[name]()))


@pytest.mark.parametrize("name", list(BILEVEL))
def test_a_bilevel_page_is_read(tmp_path: Path, name: str) -> None:
    assert_read(page_of(tmp_path, BILEVEL[name]()), like=bilevel(), within=2)


def test_few_greys_reach_from_black_to_white(tmp_path: Path) -> None:
    assert_read(page_of(tmp_path, four_bits()), like=(sheet() >> 4) * np.uint8(17))


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_wide_pixels_are_as_bright_as_their_device_means(tmp_path: Path, kind: str, bits: int) -> None:
    assert unlike(page_of(tmp_path, wide(kind, bits, **({"compress_level": 1} if kind == "PNG" else {}))), sheet()) < 12


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "PNG", "TIFF"])
def test_a_turned_page_is_seen_as_a_viewer_shows_it(tmp_path: Path, kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    how: dict[str, object] = {"tiffinfo": {274: orientation}} if kind == "TIFF" else {"exif": exif}
    how |= {"speed": 10} if kind == "AVIF" else {}
    page = page_of(tmp_path, saved(kind, "L", oriented(orientation), **how))
    assert (page.height, page.width) == corner().shape
    assert unlike(page, corner()) < 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_heic_is_turned_once(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(oriented(orientation)).convert("RGB")
    page = page_of(tmp_path, heic(image, exif=exif.tobytes()))
    assert (page.height, page.width) == corner().shape
    assert unlike(page, corner()) < 4


def test_a_resolution_turns_with_the_page(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    squeezed = cv2.resize(oriented(6, sheet()), None, fx=0.5, fy=1, interpolation=cv2.INTER_AREA)
    page = page_of(tmp_path, saved("JPEG", "L", squeezed, exif=exif, dpi=(75, 150)))
    assert page.dpi == pytest.approx((150, 75), abs=1)
    assert_read(page, dpi=106)


def refused(folder: Path, data: bytes) -> FileError:
    with pytest.raises(FileRefusedError) as error:
        page_of(folder, data).gray(1)
    return error.value.code


@pytest.mark.parametrize("kind", ["HEIF", "AVIF", "BMP", "GIF", "JPEG progressive", "BMP of run lengths"])
@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.95, 0.999])
def test_what_was_cut_is_truncated(tmp_path: Path, kind: str, part: float) -> None:
    made = {
        "HEIF": lambda: heic(Image.fromarray(corner())),
        "AVIF": FORMATS["AVIF"],
        "BMP": FORMATS["BMP 8 bits"],
        "GIF": FORMATS["GIF"],
        "JPEG progressive": FORMATS["JPEG progressive"],
        "BMP of run lengths": bmp_rle,
    }[kind]()
    assert refused(tmp_path, made[: int(len(made) * part)]) is FileError.TRUNCATED


def test_a_progressive_jpeg_that_ends_between_two_scans_is_truncated(tmp_path: Path) -> None:
    data = saved("JPEG", progressive=True)
    tables = [at for at in range(len(data) - 1) if data[at : at + 2] == b"\xff\xc4"]
    assert len(tables) > 2
    for at in tables[1:]:
        assert refused(tmp_path, data[:at] + b"\xff\xd9") is FileError.TRUNCATED
