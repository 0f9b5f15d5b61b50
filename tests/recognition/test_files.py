"""Files of strangers: what is whole opens, what is not is refused by its right name, before it can do harm."""

import io
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from recognition.codes import FileError
from recognition.files.open_file import open_file
from recognition.files.raster import Raster
from recognition.files.refused import FileRefusedError
from tests.recognition.drawn import Gray, jpeg, pdf

HEIGHT, WIDTH = 877, 620


def sheet() -> Gray:
    """Grey paper with noise, black near its top left corner: which way it lies can be seen."""
    gray = np.random.default_rng(0).normal(235, 4, (HEIGHT, WIDTH))
    gray[75:225, 75:225] = 15
    gray[450:465, 100:500] = 40
    return np.clip(gray, 0, 255).astype(np.uint8)


def saved(kind: str, mode: str = "L", **how: object) -> bytes:
    stream = io.BytesIO()
    image = Image.fromarray(sheet()).convert(mode)
    image.save(stream, kind, **({"resolution": 75} if kind == "PDF" else {"dpi": (75, 75)}), **how)
    return stream.getvalue()


def opened(tmp_path: Path, data: bytes, name: str = "scan.bin", page: int = 0) -> Raster:
    path = tmp_path / name
    path.write_bytes(data)
    return open_file(path).page(page)


def refusal(tmp_path: Path, data: bytes, name: str = "scan.bin") -> FileError:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FileRefusedError) as refused:
        decode_all(path)
    return refused.value.code


def decode_all(path: Path) -> None:
    file = open_file(path)
    for page in range(file.page_count):
        file.page(page).gray(1)


def is_upright(gray: Gray) -> bool:
    height, width = gray.shape
    return float(gray[height // 6, width // 5]) < 100 < float(gray[-height // 6, -width // 5])


@pytest.mark.parametrize("mode", ["L", "RGB", "1", "CMYK", "RGBA", "LA", "P", "I;16"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "PDF"])
def test_every_format_and_colour_is_the_same_page(tmp_path: Path, kind: str, mode: str) -> None:
    if mode == "I;16" and kind not in ("PNG", "TIFF"):
        return
    try:
        data = saved(kind, mode)
    except (OSError, ValueError):
        return  # this format cannot hold this kind of pixels at all
    page = opened(tmp_path, data, "wrong.extension")
    assert is_upright(page.gray(2))
    if page.drawn:
        assert kind + mode in ("PDFRGBA", "PDFLA"), "what is see-through is drawn as a viewer shows it"
        return
    assert (page.width, page.height) == (WIDTH, HEIGHT)
    assert page.gray(2).shape == (HEIGHT // 2, WIDTH // 2)
    assert float(np.median(page.gray(1))) == pytest.approx(235, abs=22)
    if page.dpi is not None:
        assert page.dpi == pytest.approx((75, 75), abs=0.1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_honoured(tmp_path: Path, orientation: int) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    image = Image.fromarray(sheet())
    if orientation in undo:
        image = image.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif)
    page = opened(tmp_path, stream.getvalue())
    assert (page.width, page.height) == (WIDTH, HEIGHT)
    assert is_upright(page.gray(2))


def changed(data: bytes, change: Callable[[pikepdf.Pdf, pikepdf.Page, pikepdf.Object], None], **how: object) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        (image,) = (thing for _, thing in page.Resources.XObject.items())
        change(document, page, image)
        document.save(stream, **how)
    return stream.getvalue()


def named(page: pikepdf.Page) -> str:
    (name,) = page.Resources.XObject.keys()
    return name


def drawn_by(matrix: str) -> Callable[[pikepdf.Pdf, pikepdf.Page, pikepdf.Object], None]:
    def change(document: pikepdf.Pdf, page: pikepdf.Page, _image: pikepdf.Object) -> None:
        page.Contents = document.make_stream(f"q {matrix} cm {named(page)} Do Q".encode())

    return change


@pytest.mark.parametrize(
    ("matrix", "rotate"),
    [("595.2 0 0 841.92 0 0", 90), ("-595.2 0 0 841.92 595.2 0", 0), ("595.2 0 0 -841.92 0 841.92", 180)],
)
def test_a_turned_or_mirrored_scan_is_taken_out_as_the_page_shows_it(tmp_path: Path, matrix: str, rotate: int) -> None:
    def change(document: pikepdf.Pdf, page: pikepdf.Page, image: pikepdf.Object) -> None:
        drawn_by(matrix)(document, page, image)
        page.Rotate = rotate

    data = changed(pdf([sheet()], 75), change)
    taken = opened(tmp_path, data)
    assert not taken.drawn
    reference = drawn_as_shown(data)
    smaller = np.asarray(Image.fromarray(taken.gray(1)).resize((reference.shape[1], reference.shape[0])), np.float32)
    assert float(np.abs(smaller - reference).mean()) < 6


def drawn_as_shown(data: bytes) -> np.ndarray:
    document = pypdfium2.PdfDocument(data)
    return np.array(document[0].render(scale=0.5, grayscale=True).to_numpy(), np.float32).squeeze()


def inverted(_document: pikepdf.Pdf, _page: pikepdf.Page, image: pikepdf.Object) -> None:
    image.Decode = pikepdf.Array([1, 0])


def masked(document: pikepdf.Pdf, _page: pikepdf.Page, image: pikepdf.Object) -> None:
    mask = document.make_stream(b"\x00" * 100)
    mask.Type, mask.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    mask.Width, mask.Height, mask.BitsPerComponent, mask.ColorSpace = 10, 10, 8, pikepdf.Name.DeviceGray
    image.SMask = mask


def stamped(document: pikepdf.Pdf, page: pikepdf.Page, _image: pikepdf.Object) -> None:
    page.Contents = document.make_stream(
        f"q 595.2 0 0 841.92 0 0 cm {named(page)} Do Q 0 g 300 100 250 250 re f".encode()
    )


@pytest.mark.parametrize(
    "change", [inverted, masked, stamped, drawn_by("300 0 0 420 100 100"), drawn_by("590 20 -20 830 5 5")]
)
@pytest.mark.parametrize("mode", ["L", "1"])
def test_what_is_not_one_plain_scan_looks_as_a_viewer_shows_it(
    tmp_path: Path, change: Callable[[pikepdf.Pdf, pikepdf.Page, pikepdf.Object], None], mode: str
) -> None:
    data = changed(saved("PDF", mode), change, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    taken = opened(tmp_path, data)
    reference = drawn_as_shown(data)
    smaller = np.asarray(Image.fromarray(taken.gray(1)).resize((reference.shape[1], reference.shape[0])), np.float32)
    assert float(np.abs(smaller - reference).mean()) < 14


def test_a_plain_scan_is_taken_out_and_a_text_layer_under_it_does_not_matter(tmp_path: Path) -> None:
    def change(document: pikepdf.Pdf, page: pikepdf.Page, _image: pikepdf.Object) -> None:
        page.Resources.Font = document.make_indirect(
            pikepdf.Dictionary(
                F1=pikepdf.Dictionary(
                    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
                )
            )
        )
        page.Contents = document.make_stream(
            f"BT /F1 12 Tf 3 Tr 100 100 Td (hidden) Tj ET q 595.2 0 0 841.92 0 0 cm {named(page)} Do Q".encode()
        )

    for data in (pdf([sheet()], 75), changed(pdf([sheet()], 75), change)):
        page = opened(tmp_path, data)
        assert not page.drawn
        assert page.dpi == pytest.approx((75, 75), abs=0.1)


@pytest.mark.parametrize(
    ("matrix", "dpi"),
    [("595.2 0 0 841.92 8.4 -24.96", 75), ("559.9 0 0 792 26 0", 79.73)],
    ids=["over the edge", "fitted"],
)
def test_a_scan_on_a_page_of_another_size_is_taken_out_whole(tmp_path: Path, matrix: str, dpi: float) -> None:
    def change(document: pikepdf.Pdf, page: pikepdf.Page, image: pikepdf.Object) -> None:
        drawn_by(matrix)(document, page, image)
        page.MediaBox = [0, 0, 612, 792]

    page = opened(tmp_path, changed(pdf([sheet()], 75), change))
    assert (page.drawn, page.width, page.height) == (False, WIDTH, HEIGHT)
    assert page.dpi == pytest.approx((dpi, dpi), abs=0.1)


def test_a_page_that_shows_one_half_of_a_scan_is_drawn_as_shown(tmp_path: Path) -> None:
    def change(_document: pikepdf.Pdf, page: pikepdf.Page, _image: pikepdf.Object) -> None:
        page.CropBox = [0, 421, 595.2, 841.92]

    page = opened(tmp_path, changed(pdf([sheet()], 75), change))
    assert page.drawn
    assert page.width > page.height


def test_a_page_of_several_pictures_has_their_resolution(tmp_path: Path) -> None:
    def change(document: pikepdf.Pdf, page: pikepdf.Page, _image: pikepdf.Object) -> None:
        name = named(page)
        columns = (f"q 297.6 0 0 841.92 {297.6 * column} 0 cm {name} Do Q" for column in (0, 1))
        page.Contents = document.make_stream(" ".join(columns).encode())

    page = opened(tmp_path, changed(pdf([sheet()], 75), change))
    assert page.drawn
    assert page.detail_dpi == pytest.approx(75 * 2**0.5, rel=0.01)
    assert opened(tmp_path, empty_pdf(1)).detail_dpi is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("mode", ["L", "1"])
@pytest.mark.parametrize("where", [3, 30, 300, 0.2, 0.6, 0.95, -200, -3])
def test_a_file_cut_anywhere_is_truncated(tmp_path: Path, kind: str, mode: str, where: float) -> None:
    data = saved(kind, mode)
    cut = int(len(data) * where) if isinstance(where, float) else where
    assert refusal(tmp_path, data[:cut]) is FileError.TRUNCATED


@pytest.mark.parametrize("where", [0.3, 0.7, 0.98])
def test_a_jpeg_cut_and_closed_again_is_truncated(tmp_path: Path, where: float) -> None:
    data = jpeg(sheet())
    assert refusal(tmp_path, data[: int(len(data) * where)] + b"\xff\xd9") is FileError.TRUNCATED


@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_tiff_of_many_pages_cut_anywhere_is_truncated_not_shorter(tmp_path: Path, tenths: int) -> None:
    stream = io.BytesIO()
    page = Image.fromarray(sheet()).convert("1")
    page.save(stream, "TIFF", compression="group4", save_all=True, append_images=[page] * 4)
    data = stream.getvalue()
    assert open_count(tmp_path, data) == 5
    assert refusal(tmp_path, data[: len(data) * tenths // 10]) is FileError.TRUNCATED


def open_count(tmp_path: Path, data: bytes) -> int:
    path = tmp_path / "whole"
    path.write_bytes(data)
    return open_file(path).page_count


@pytest.mark.parametrize("where", [9, 200, 0.3, 0.7, 0.99])
def test_a_cut_pdf_is_broken_and_never_silently_shorter(tmp_path: Path, where: float) -> None:
    data = pdf([sheet()] * 3, 75)
    assert (
        refusal(tmp_path, data[: int(len(data) * where) if isinstance(where, float) else where]) is FileError.BROKEN_PDF
    )


def lying_jpeg(width: int, height: int) -> bytes:
    small = bytearray(jpeg(sheet()[:50, :50]))
    at = small.index(b"\xff\xc0")
    small[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(small)


def recoded_jpeg(marker: int, precision: int) -> bytes:
    data = bytearray(jpeg(sheet()))
    at = data.index(b"\xff\xc0")
    data[at + 1], data[at + 4] = marker, precision
    return bytes(data)


def big_png(side: int) -> bytes:
    stream = io.BytesIO()
    Image.new("1", (side, side), 1).save(stream, "PNG")
    return stream.getvalue()


def empty_pdf(pages: int, size: tuple[int, int] = (595, 842), **how: object) -> bytes:
    stream = io.BytesIO()
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=size)
    document.save(stream, **how)
    return stream.getvalue()


def archive(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr(name, b"x")
    return stream.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], FileError]] = {
    "zero bytes": (lambda: b"", FileError.EMPTY_FILE),
    "text": ("Здравствуйте".encode, FileError.NOT_AN_IMAGE),
    "web page": (lambda: b"<html><body>502 Bad Gateway</body></html>", FileError.NOT_AN_IMAGE),
    "word document": (lambda: archive("[Content_Types].xml"), FileError.NOT_AN_IMAGE),
    "film": (lambda: b"\0\0\0\x18ftypisom\0\0\0\0mp42isom", FileError.NOT_AN_IMAGE),
    "rar": (lambda: b"Rar!\x1a\x07\x01\x00" + b"\0" * 64, FileError.ARCHIVE_NOT_SUPPORTED),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 64, FileError.ARCHIVE_NOT_SUPPORTED),
    "heic without a picture": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", FileError.TRUNCATED),
    "jpeg of 12 bits": (lambda: recoded_jpeg(0xC1, 12), FileError.UNSUPPORTED_CODING),
    "lossless jpeg": (lambda: recoded_jpeg(0xC3, 8), FileError.UNSUPPORTED_CODING),
    "jpeg 2000": (lambda: saved_as("JPEG2000"), FileError.UNSUPPORTED_FORMAT),
    "password": (lambda: empty_pdf(1, encryption=pikepdf.Encryption(user="a", owner="b")), FileError.ENCRYPTED_PDF),
    "no pdf at all": (lambda: b"%PDF-1.7 and nothing else", FileError.BROKEN_PDF),
    "201 pages": (lambda: empty_pdf(201), FileError.TOO_MANY_PAGES),
    "page of 5 x 5 m": (lambda: empty_pdf(1, (14_400, 14_400)), FileError.TOO_MANY_PIXELS),
    "header of 400 Mpx": (lambda: lying_jpeg(20_000, 20_000), FileError.TOO_MANY_PIXELS),
    "header of 300 Mpx": (lambda: lying_jpeg(20_000, 15_000), FileError.TOO_MANY_PIXELS),
    "header of a long strip": (lambda: lying_jpeg(40_000, 100), FileError.TOO_MANY_PIXELS),
    "header of 25 Mpx and no data": (lambda: lying_jpeg(5_000, 5_000), FileError.TRUNCATED),
    "png of 400 Mpx": (lambda: big_png(20_000), FileError.TOO_MANY_PIXELS),
    "jpeg magic, then noise": (lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, FileError.TRUNCATED),
    "tiff that points nowhere": (lambda: b"II*\0\xff\xff\xff\x7f", FileError.TRUNCATED),
    "tiff that points at itself": (lambda: b"II*\0\x08\0\0\0\0\0\x08\0\0\0", FileError.TRUNCATED),
}


def saved_as(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(sheet()[:200, :200]).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_files_are_refused_by_their_right_name(tmp_path: Path, name: str) -> None:
    make, expected = HOSTILE[name]
    assert refusal(tmp_path, make(), "scan.jpg") is expected


def test_two_hundred_pages_and_the_largest_scan_are_welcome(tmp_path: Path) -> None:
    assert open_count(tmp_path, empty_pdf(200)) == 200
    stream = io.BytesIO()
    Image.new("1", (9_921, 7_016), 1).save(stream, "TIFF", compression="group4")
    assert opened(tmp_path, stream.getvalue()).gray(8).shape == (877, 1240), "A3 at 600 dpi"


def test_a_pdf_closed_to_editing_only_is_read(tmp_path: Path) -> None:
    data = changed(pdf([sheet()], 75), lambda *_: None, encryption=pikepdf.Encryption(user="", owner="secret"))
    assert is_upright(opened(tmp_path, data).gray(2))


def test_the_largest_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as stream:
        stream.truncate(500_000_001)
    with pytest.raises(FileRefusedError) as refused:
        open_file(path)
    assert refused.value.code is FileError.FILE_TOO_LARGE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF", "BMP", "GIF", "PDF"])
def test_altered_bytes_are_refused_or_read_and_nothing_else(tmp_path: Path, kind: str) -> None:
    data = saved(kind)
    rng = np.random.default_rng(7)
    path = tmp_path / "altered"
    for _ in range(60):
        altered = bytearray(data)
        for at in rng.integers(0, min(len(data), 600), 4).tolist() + rng.integers(0, len(data), 4).tolist():
            altered[at] = int(rng.integers(256))
        path.write_bytes(altered)
        with suppress(FileRefusedError):
            decode_all(path)


def test_a_phone_file_of_several_pictures_shows_its_first(tmp_path: Path) -> None:
    stream = io.BytesIO()
    Image.fromarray(sheet()).save(stream, "MPO", save_all=True, append_images=[Image.fromarray(sheet()[::4, ::4])])
    assert is_upright(opened(tmp_path, stream.getvalue()).gray(2))
