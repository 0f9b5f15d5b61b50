"""Little to send, much to unpack."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf
from PIL import Image

from tests.recognition.hostile.made import READ, Hostile, written

_LARGE = 25_000


def made() -> Iterator[Hostile]:
    for side in (9_500, _LARGE):
        yield Hostile(f"{side}.png", _blank("PNG", side), ("too_many_pixels",))
        yield Hostile(f"{side}.tif", _blank("TIFF", side, compression="group4"), ("too_many_pixels",))
    yield Hostile("webp-limit.webp", _blank("WEBP", 9_500, lossless=True), ("too_many_pixels",))
    yield Hostile("largest-welcome.png", _blank("PNG", 8_900), (READ,))
    for name, keys in _PDF_PICTURES.items():
        yield Hostile(f"{name}.pdf", _pdf(zlib.compress(bytes(4_000_000)), keys), _UNREADABLE)
    yield Hostile("box.pdf", _sized(200_000, 200_000), ("too_many_pixels",))
    yield Hostile("thin-box.pdf", _sized(1, 200_000), ("too_many_pixels", READ))
    yield Hostile("pages.pdf", _sized(100, 100, pages=5_000), ("too_many_pages",))
    yield Hostile("frames.tif", _frames(400), ("too_many_pages",))
    yield Hostile("png-text.png", _png_text(), (READ, "truncated"))
    yield Hostile("flate-in-flate.pdf", _nested_flate(), _UNREADABLE)
    yield Hostile("content.pdf", _long_content(), (READ, "timeout", "memory_limit", "broken_pdf"))
    yield Hostile("zip-ratio.zip", _zip({"a.bmp": bytes(90_000_000)}), ("archive_too_large",))
    yield Hostile("zip-many.zip", _zip({f"{at}.jpg": b"\xff" for at in range(3_000)}), ("archive_too_large",))
    yield Hostile("zip-in-zip.zip", _zip({"a.zip": _zip({"b.zip": _zip({"c": bytes(10**6)})})}), ("archive_nested",))


_UNREADABLE = ("too_many_pixels", "memory_limit", "timeout", "broken_pdf", "truncated", READ)
_PDF_PICTURES = {
    "flate-900-mpx": {"Width": 30_000, "Height": 30_000, "Filter": pikepdf.Name.FlateDecode},
    "ccitt-900-mpx": {
        "Width": 30_000,
        "Height": 30_000,
        "Filter": pikepdf.Name.CCITTFaxDecode,
        "DecodeParms": pikepdf.Dictionary(K=-1, Columns=30_000, Rows=30_000),
    },
    "jbig2-lie": {"Width": 60_000, "Height": 60_000, "Filter": pikepdf.Name.JBIG2Decode},
    "jpx-lie": {"Width": 60_000, "Height": 60_000, "Filter": pikepdf.Name.JPXDecode},
}


def _blank(kind: str, side: int, **how: object) -> bytes:
    stream = io.BytesIO()
    Image.new("L" if kind == "WEBP" else "1", (side, side), 1).save(stream, kind, **how)
    return stream.getvalue()


def _pdf(raw: bytes, keys: dict[str, object]) -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    whole = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "ColorSpace": pikepdf.Name.DeviceGray}
    image = pikepdf.Stream(document, raw, **whole, BitsPerComponent=1, **keys)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=document.make_indirect(image)))
    page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return written(document)


def _sized(width: int, height: int, pages: int = 1) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(100, 100)).MediaBox = [0, 0, width, height]
    return written(document)


def _frames(count: int) -> bytes:
    stream = io.BytesIO()
    page = Image.new("1", (8, 8), 1)
    page.save(stream, "TIFF", save_all=True, append_images=[page] * (count - 1))
    return stream.getvalue()


def _png_text() -> bytes:
    """A text chunk that unpacks to 50 MB."""
    body = b"Comment\0\0" + zlib.compress(bytes(50_000_000), 9)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    sound = _blank("PNG", 100)
    return sound[:33] + chunk + sound[33:]


def _nested_flate() -> bytes:
    raw = bytes(50_000_000)
    for _ in range(4):
        raw = zlib.compress(raw, 9)
    filters = pikepdf.Array([pikepdf.Name.FlateDecode] * 4)
    return _pdf(raw, {"Width": 20_000, "Height": 20_000, "Filter": filters})


def _long_content() -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    page.Contents = pikepdf.Stream(document, b"0 0 595 842 re f\n" * 400_000)
    return written(document, compress_streams=True)


def _zip(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()
