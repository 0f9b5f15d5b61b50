"""Every PDF of scans is the page that a viewer shows: taken out where it may be, drawn where it must."""

import base64
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from recognition.codes import FileError
from recognition.files.raster import ArraySource, JpegSource, StripSource
from recognition.files.refused import FileRefusedError
from tests.recognition.drawn import Gray, jpeg
from tests.recognition.made_pdf import (
    FULL,
    HEIGHT_PT,
    WIDTH_PT,
    Change,
    document,
    edited,
    in_a_form,
    jbig2,
    lzw,
    picture,
    run_length,
    stream,
)
from tests.recognition.made_tiff import group4
from tests.recognition.read_back import DPI, assert_read, bilevel, page_of, saved, sheet, unlike

DCT, FLATE, CCITT = Name.DCTDecode, Name.FlateDecode, Name.CCITTFaxDecode


def fax(_made: pikepdf.Pdf) -> Dictionary:
    return Dictionary(K=-1, Columns=sheet().shape[1], Rows=sheet().shape[0])


def negative_palette(_made: pikepdf.Pdf) -> Array:
    greys = bytes(255 - value // 3 for value in range(768))
    return Array([Name.Indexed, Name.DeviceRGB, 255, pikepdf.String(greys)])


def profile(made: pikepdf.Pdf) -> Array:
    colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    new = stream(made, colours, {"/N": 3, "/Alternate": Name.DeviceRGB})
    return Array([Name.ICCBased, made.make_indirect(new)])


def lab(_made: pikepdf.Pdf) -> Array:
    return Array([Name.Lab, Dictionary(WhitePoint=Array([0.95, 1, 1.09]), Range=Array([-128, 127, -128, 127]))])


def black_ink(_made: pikepdf.Pdf) -> Array:
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([0]), N=1)
    return Array([Name.Separation, Name.Black, Name.DeviceGray, tint])


def opaque(made: pikepdf.Pdf) -> pikepdf.Object:
    height, width = sheet().shape
    keys = {"/Subtype": Name.Image, "/Width": width, "/Height": height, "/BitsPerComponent": 8}
    return made.make_indirect(
        stream(
            made, zlib.compress(b"\xff" * (width * height)), {**keys, "/ColorSpace": Name.DeviceGray, "/Filter": FLATE}
        )
    )


def single(data: bytes, how: object = None, colours: object = Name.DeviceGray, bits: int = 8, **more: object) -> bytes:
    return document({"I": picture(sheet(), data, how, colours, bits, **more)})


def flate(pixels: np.ndarray, colours: object = Name.DeviceGray, bits: int = 8, **more: object) -> bytes:
    return single(zlib.compress(np.ascontiguousarray(pixels).tobytes(), 1), FLATE, colours, bits, **more)


def faxed(gray: Gray, **more: object) -> bytes:
    colours = None if "ImageMask" in more else Name.DeviceGray
    return single(group4(gray), CCITT, colours, 1, **{"DecodeParms": fax, **more})


def colour(gray: Gray) -> Gray:
    return np.repeat(gray[:, :, None], 3, axis=2)


def in_cmyk() -> Gray:
    return np.dstack([np.zeros_like(sheet())] * 3 + [255 - sheet()])


def strips(count: int, *, gap: float = 0.0) -> bytes:
    edges = [len(sheet()) * number // count for number in range(count + 1)]
    point = HEIGHT_PT / len(sheet())
    pictures, content = {}, ""
    for number, (top, bottom) in enumerate(pairwise(edges)):
        part = np.ascontiguousarray(sheet()[top:bottom])
        pictures[f"S{number}"] = picture(part, jpeg(part, quality=90), DCT)
        y = HEIGHT_PT - bottom * point - number * gap
        content += f"q {WIDTH_PT} 0 0 {len(part) * point} 0 {y} cm /S{number} Do Q "
    return document(pictures, content)


def layers() -> bytes:
    """A compressed scan: paper and colours coarsely below, ink as a stencil above."""
    paper = np.full((sheet().shape[0] // 4, sheet().shape[1] // 4), 245, np.uint8)
    ink = picture(sheet(), group4(sheet()), CCITT, None, 1, DecodeParms=fax, ImageMask=True)
    return document({"I": picture(paper, jpeg(paper), DCT), "M": ink}, f"{FULL} 0.1 g {FULL.replace('/I', '/M')}")


def dct(**more: object) -> bytes:
    return single(jpeg(sheet(), quality=90), DCT, **more)


def laid(
    content: str, change: Change | None = None, box: tuple[float, float] = (WIDTH_PT, HEIGHT_PT), **how: object
) -> bytes:
    return document({"I": picture(sheet(), jpeg(sheet(), quality=90), DCT)}, content, change, box, **how)


def turned_page(degrees: int) -> bytes:
    return laid(FULL, lambda _, page: setattr(page, "Rotate", degrees))


TAKEN: dict[str, Callable[[], bytes]] = {
    "DCT": dct,
    "DCT colour": lambda: single(saved("JPEG", "RGB"), DCT, Name.DeviceRGB),
    "DCT progressive": lambda: single(saved("JPEG", progressive=True), DCT),
    "DCT CMYK": lambda: single(saved("JPEG", "CMYK"), DCT, Name.DeviceCMYK, Decode=Array([1, 0] * 4)),
    "DCT inverted": lambda: single(jpeg(255 - sheet()), DCT, Decode=Array([1, 0])),
    "DCT by a palette": lambda: single(jpeg(255 - sheet()), DCT, negative_palette),
    "DCT of ink": lambda: single(jpeg(255 - sheet()), DCT, black_ink),
    "DCT with a profile": lambda: single(saved("JPEG", "RGB"), DCT, profile),
    "DCT in Flate": lambda: single(zlib.compress(jpeg(sheet())), Array([FLATE, DCT])),
    "DCT in letters": lambda: single(base64.a85encode(jpeg(sheet())) + b"~>", Array([Name.ASCII85Decode, DCT])),
    "Flate": lambda: flate(sheet()),
    "Flate colour": lambda: flate(colour(sheet()), Name.DeviceRGB),
    "Flate inverted": lambda: flate(255 - sheet(), Decode=Array([1, 0])),
    "Flate palette": lambda: flate(255 - sheet(), negative_palette),
    "Flate CMYK": lambda: flate(in_cmyk(), Name.DeviceCMYK),
    "Flate 16 bits": lambda: flate(sheet().astype(">u2") * 257, bits=16),
    "LZW": lambda: single(lzw(sheet().tobytes()), Name.LZWDecode),
    "RunLength": lambda: single(run_length(sheet().tobytes()), Name.RunLengthDecode),
    "no filter": lambda: single(sheet().tobytes()),
    "JPX": lambda: single(saved("JPEG2000"), Name.JPXDecode),
    "JPX colour": lambda: single(saved("JPEG2000", "RGB"), Name.JPXDecode, None),
    "4 strips": lambda: strips(4),
    "40 strips": lambda: strips(40),
    "mirrored back": lambda: laid(f"q -{WIDTH_PT} 0 0 {HEIGHT_PT} {WIDTH_PT} 0 cm -1 0 0 1 1 0 cm /I Do Q"),
    "clipped to the page": lambda: laid(f"q 0 0 {WIDTH_PT} {HEIGHT_PT} re W n {FULL} Q"),
    "tagged": lambda: laid(f"/Figure <</MCID 0>> BDC {FULL} EMC"),
    "in a form": lambda: laid(FULL, in_a_form(FULL, "", (0, 0, 596, 842))),
    "in a form of half size": lambda: laid(
        FULL, in_a_form(FULL, "2 0 0 2 -100 -40 cm", (0, 0, 596, 842), (0.5, 0, 0, 0.5, 50, 20))
    ),
    "in a form of one point": lambda: laid(
        FULL, in_a_form("/I Do", f"{WIDTH_PT} 0 0 {HEIGHT_PT} 0 0 cm", (0, 0, 1, 1))
    ),
    "a box that begins elsewhere": lambda: laid(
        f"q {WIDTH_PT} 0 0 {HEIGHT_PT} 100 200 cm /I Do Q",
        lambda _, page: setattr(page, "MediaBox", Array([100, 200, 100 + WIDTH_PT, 200 + HEIGHT_PT])),
    ),
    "object streams": lambda: laid(FULL, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "linearised": lambda: laid(FULL, linearize=True),
    "a table that points nowhere": lambda: dct()[: dct().rfind(b"startxref")] + b"startxref\n99999999\n%%EOF\n",
    "units of two points": lambda: laid(
        f"q {WIDTH_PT / 2} 0 0 {HEIGHT_PT / 2} 0 0 cm /I Do Q",
        lambda _, page: setattr(page, "UserUnit", 2),
        (WIDTH_PT / 2, HEIGHT_PT / 2),
    ),
    "edited later": lambda: edited(single(jpeg(255 - sheet()), DCT), b"/ColorSpace", b"/Decode [ 1 0 ] /ColorSpace"),
}
BILEVEL: dict[str, Callable[[], bytes]] = {
    "CCITT": lambda: faxed(bilevel()),
    "CCITT, black is one": lambda: faxed(
        255 - bilevel(), DecodeParms=lambda made: Dictionary({**fax(made), "/BlackIs1": True})
    ),
    "CCITT inverted": lambda: faxed(255 - bilevel(), Decode=Array([1, 0])),
    "CCITT stencil": lambda: faxed(bilevel(), ImageMask=True),
    "CCITT stencil inverted": lambda: faxed(255 - bilevel(), ImageMask=True, Decode=Array([1, 0])),
    "JBIG2": lambda: single(jbig2(bilevel()), Name.JBIG2Decode, bits=1),
    "JBIG2 stencil": lambda: single(jbig2(bilevel()), Name.JBIG2Decode, None, 1, ImageMask=True),
    "Flate": lambda: flate(np.packbits(bilevel() > 127, axis=1), bits=1),
    "Flate inverted": lambda: flate(np.packbits(bilevel() <= 127, axis=1), bits=1, Decode=Array([1, 0])),
}
DRAWN: dict[str, Callable[[], bytes]] = {
    "layers": layers,
    "Flate Lab": lambda: flate(np.dstack([sheet(), *[np.full_like(sheet(), 128)] * 2]), lab, SMask=opaque),
    "soft mask": lambda: dct(SMask=opaque),
    "strips with gaps": lambda: strips(4, gap=0.8),
    "encrypted without a password": lambda: laid(FULL, encryption=pikepdf.Encryption(user="", owner="x")),
    "stencil of white on black": lambda: document(
        {"I": picture(sheet(), group4(255 - bilevel()), CCITT, None, 1, DecodeParms=fax, ImageMask=True)},
        f"0 g 0 0 596 842 re f 1 g {FULL}",
    ),
}


def annotated(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    look = stream(made, b"0 g 0 0 200 200 re f", {"/Subtype": Name.Form, "/BBox": Array([0, 0, 200, 200])})
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Square, Rect=Array([100, 100, 300, 300]), F=4, AP=Dictionary(N=look)
    )
    page.Annots = Array([made.make_indirect(note)])


def switched_off(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name="x"))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([])))
    page.Resources.Properties = Dictionary(L=layer)
    page.Contents = made.make_stream(f"/OC /L BDC {FULL} EMC".encode())


def pale(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Resources.ExtGState = Dictionary(A=Dictionary(ca=0.5))
    page.Contents = made.make_stream(f"q /A gs {FULL} Q".encode())


AS_SHOWN: dict[str, Callable[[], bytes]] = {
    **{f"rotated by {degrees}": lambda degrees=degrees: turned_page(degrees) for degrees in (90, 180, 270)},
    "mirrored": lambda: laid(f"q -{WIDTH_PT} 0 0 {HEIGHT_PT} {WIDTH_PT} 0 cm /I Do Q"),
    "upside down": lambda: laid(f"q {WIDTH_PT} 0 0 -{HEIGHT_PT} 0 {HEIGHT_PT} cm /I Do Q"),
    "lying": lambda: laid(f"q 0 {WIDTH_PT} -{HEIGHT_PT} 0 {HEIGHT_PT} 0 cm /I Do Q", box=(HEIGHT_PT, WIDTH_PT)),
    "oblique": lambda: laid("q 590 20 -20 830 5 5 cm /I Do Q"),
    "half of it cut off": lambda: laid(FULL, lambda _, page: setattr(page, "CropBox", Array([0, 421, 595.2, 841.92]))),
    "clipped to a part": lambda: laid(f"q 100 100 300 300 re W n {FULL} Q"),
    "clipped to a triangle": lambda: laid(f"q 0 0 m 595 0 l 300 841 l h W n {FULL} Q"),
    "a form that clips": lambda: laid(FULL, in_a_form(FULL, "", (0, 0, 300, 842))),
    "two scans": lambda: laid("q 297 0 0 420 0 400 cm /I Do Q q 297 0 0 420 298 400 cm /I Do Q"),
    "annotated": lambda: laid(FULL, annotated),
    "switched off": lambda: laid(FULL, switched_off),
    "pale": lambda: laid(FULL, pale),
    "colours left out": lambda: flate(sheet(), Mask=Array([200, 255])),
    "vector": lambda: document({}, "0.1 g 72 625 144 144 re f"),
}


def as_shown(data: bytes) -> Gray:
    document = pypdfium2.PdfDocument(data)
    return np.array(document[0].render(scale=1.0, grayscale=True).to_numpy().squeeze(), np.uint8)


def difference(folder: Path, data: bytes) -> float:
    shown = as_shown(data)
    taken = page_of(folder, data).gray(1)
    size = shown.shape[1] // 2, shown.shape[0] // 2
    first, second = (cv2.resize(gray, size, interpolation=cv2.INTER_AREA) for gray in (taken, shown))
    return float(np.abs(first.astype(np.float32) - second).mean())


@pytest.mark.parametrize("name", list(TAKEN))
def test_a_plain_scan_is_taken_out(tmp_path: Path, name: str) -> None:
    data = TAKEN[name]()
    page = page_of(tmp_path, data)
    assert not page.drawn
    assert_read(page)
    assert difference(tmp_path, data) < 4


@pytest.mark.parametrize("name", list(BILEVEL))
def test_a_bilevel_scan_is_taken_out(tmp_path: Path, name: str) -> None:
    data = BILEVEL[name]()
    page = page_of(tmp_path, data)
    assert not page.drawn
    assert_read(page, like=bilevel(), within=1)


@pytest.mark.parametrize("name", list(DRAWN))
def test_everything_else_is_drawn_and_read(tmp_path: Path, name: str) -> None:
    page = page_of(tmp_path, DRAWN[name]())
    assert page.drawn
    assert_read(page, within=12)


@pytest.mark.parametrize("name", list(AS_SHOWN))
def test_a_page_is_what_a_viewer_shows(tmp_path: Path, name: str) -> None:
    assert difference(tmp_path, AS_SHOWN[name]()) < 4


def test_a_scan_a_little_over_the_edge_is_taken_out_whole(tmp_path: Path) -> None:
    page = page_of(tmp_path, laid(FULL, lambda _, page: setattr(page, "CropBox", Array([3, 3, 592, 839]))))
    assert not page.drawn
    assert_read(page)


def test_each_way_of_storing_costs_no_more_than_it_must(tmp_path: Path) -> None:
    for data, expected in ((dct(), JpegSource), (strips(4), StripSource), (flate(sheet()), ArraySource)):
        assert isinstance(page_of(tmp_path, data).source, expected)
    assert isinstance(page_of(tmp_path, TAKEN["DCT in Flate"]()).source, JpegSource)


def test_layers_have_the_resolution_of_their_ink(tmp_path: Path) -> None:
    assert page_of(tmp_path, layers()).detail_dpi == pytest.approx(DPI, rel=0.01)


CUT: dict[str, Callable[[], bytes]] = {
    "DCT": lambda: single(half(jpeg(sheet())), DCT),
    "DCT progressive": lambda: single(half(saved("JPEG", progressive=True)), DCT),
    "DCT in Flate": lambda: single(zlib.compress(half(jpeg(sheet()))), Array([FLATE, DCT])),
    "DCT in a strip": lambda: strips(4).replace(jpeg(sheet()[: len(sheet()) // 4], quality=90)[-3000:], b"\0" * 3000),
    "DCT on a page that is drawn": lambda: document(
        {"I": picture(sheet(), half(jpeg(sheet())), DCT)}, f"{FULL} 0 g 10 10 20 20 re f"
    ),
    "Flate": lambda: single(half(zlib.compress(sheet().tobytes())), FLATE),
    "no filter": lambda: single(half(sheet().tobytes())),
}


@pytest.mark.parametrize("matrix", ["0 0 0 841.92 0 0", "595.2 0 0 0 0 0", "0 0 0 0 0 0", "1e30 0 0 1e30 0 0"])
def test_a_picture_without_a_size_is_no_scan(tmp_path: Path, matrix: str) -> None:
    page = page_of(tmp_path, laid(f"q {matrix} cm /I Do Q"))
    assert page.drawn


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize("name", list(CUT))
def test_a_picture_that_ends_early_in_a_whole_file_is_truncated(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        page_of(tmp_path, CUT[name]()).gray(1)
    assert refused.value.code is FileError.TRUNCATED


def test_scans_alike_in_their_first_kilobyte_are_told_apart(tmp_path: Path) -> None:
    other = np.where(sheet() > 127, 128, 255).astype(np.uint8)
    pictures = {
        "I": picture(sheet(), zlib.compress(sheet().tobytes(), 0), FLATE),
        "J": picture(other, zlib.compress(sheet().tobytes(), 0)[:-4000] + bytes(4000), FLATE, Decode=Array([1, 0])),
    }
    assert_read(page_of(tmp_path, document(pictures)))


def test_the_same_bytes_under_two_dictionaries_are_decoded_by_the_one_that_shows_them(tmp_path: Path) -> None:
    data = jpeg(sheet(), quality=90)
    pictures = {"I": picture(sheet(), data, DCT), "J": picture(sheet(), data, DCT, Decode=Array([1, 0]))}
    for name in pictures:
        made = document(pictures, FULL.replace("/I", f"/{name}"))
        assert difference(tmp_path, made) < 4


def test_a_page_of_pictures_without_number_is_drawn(tmp_path: Path) -> None:
    spot = Image.new("L", (2, 2), 0)
    pictures = {
        "I": picture(sheet(), jpeg(sheet(), quality=90), DCT),
        "D": picture(np.zeros((2, 2), np.uint8), spot.tobytes()),
    }
    dots = " ".join(f"q 1 0 0 1 {number % 20} {number // 20} cm /D Do Q" for number in range(450))
    page = page_of(tmp_path, document(pictures, f"{FULL} {dots}"))
    assert page.drawn
    assert unlike(page, sheet()) < 12
