"""PDF pages made picture by picture: every filter, colour space and way of laying a scan on a page (ISO 32000-1)."""

import io
import struct
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.recognition.drawn import Gray
from tests.recognition.made_tiff import group4

WIDTH_PT, HEIGHT_PT = 595.2, 841.92
FULL = f"q {WIDTH_PT} 0 0 {HEIGHT_PT} 0 0 cm /I Do Q"
Picture = tuple[bytes, Mapping[str, Any]]
Change = Callable[[pikepdf.Pdf, pikepdf.Page], None]


def picture(
    gray: Gray, data: bytes, how: object = None, colours: object = Name.DeviceGray, bits: int = 8, **more: object
) -> Picture:
    """A picture's bytes and its dictionary; a value that can be called is made for the document."""
    named = {
        "Width": gray.shape[1],
        "Height": gray.shape[0],
        "BitsPerComponent": bits,
        "ColorSpace": colours,
        "Filter": how,
    }
    return data, {f"/{key}": value for key, value in {**named, **more}.items() if value is not None}


def document(
    pictures: Mapping[str, Picture],
    content: str | bytes = FULL,
    change: Change | None = None,
    box: tuple[float, float] = (WIDTH_PT, HEIGHT_PT),
    **how: object,
) -> bytes:
    """A page of these pictures with this content."""
    made = pikepdf.new()
    made.add_blank_page(page_size=box)
    page = made.pages[0]
    known = Dictionary()
    for name, (data, keys) in pictures.items():
        known[f"/{name}"] = made.make_indirect(stream(made, data, {"/Subtype": Name.Image, **keys}))
    page.Resources = Dictionary(XObject=known)
    page.Contents = made.make_stream(content.encode() if isinstance(content, str) else content)
    if change:
        change(made, page)
    out = io.BytesIO()
    made.save(out, **{"compress_streams": False, **how})
    return out.getvalue()


def stream(made: pikepdf.Pdf, data: bytes, keys: Mapping[str, Any]) -> pikepdf.Stream:
    new = pikepdf.Stream(made, data)
    new.Type = Name.XObject
    for key, value in keys.items():
        new[key] = value(made) if callable(value) else value
    return new


def in_a_form(content: str, around: str, box: tuple[float, ...], matrix: tuple[float, ...] | None = None) -> Change:
    """Puts the page's content into a form that the page draws."""

    def change(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
        keys = {"/Subtype": Name.Form, "/BBox": Array(box), "/Resources": page.Resources}
        form = stream(made, content.encode(), keys | ({"/Matrix": Array(matrix)} if matrix else {}))
        page.Resources = Dictionary(XObject=Dictionary(F=made.make_indirect(form)))
        page.Contents = made.make_stream(f"q {around} /F Do Q".encode())

    return change


def jbig2(gray: Gray) -> bytes:
    """One generic region coded as T.6, without a file's header (ITU-T T.88, 7.2 and 7.4)."""
    height, width = gray.shape

    def segment(number: int, kind: int, body: bytes) -> bytes:
        return struct.pack(">IBBBI", number, kind, 0, 1, len(body)) + body

    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + group4(gray)
    return segment(0, 48, page) + segment(1, 38, region) + segment(2, 49, b"")


def lzw(data: bytes) -> bytes:
    """Codes of nine bits only: the table is cleared before it grows (ISO 32000-1, 7.4.4)."""
    codes = [code for at in range(0, len(data), 250) for code in (256, *data[at : at + 250])] + [257]
    bits = "".join(f"{code:09b}" for code in codes)
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


def run_length(data: bytes) -> bytes:
    """Runs of what is not repeated (ISO 32000-1, 7.4.5)."""
    parts = (data[at : at + 128] for at in range(0, len(data), 128))
    return b"".join(bytes([len(part) - 1]) + part for part in parts) + b"\x80"


def edited(data: bytes, old: bytes, new: bytes) -> bytes:
    """The file with a newer picture object behind it, in whose dictionary `old` is `new`; the bytes stay the same."""
    import re  # noqa: PLC0415 - only here

    found = re.search(rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?/Subtype /Image(?:(?!endobj).)*?stream\r?\n", data, re.DOTALL)
    assert found
    end = data.index(b"endobj", found.end()) + len(b"endobj\n")
    again = data[found.start() : found.end()].replace(old, new) + data[found.end() : end]
    assert again != data[found.start() : end]
    last = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    root, size = (re.search(pattern, data)[1] for pattern in (rb"/Root (\d+ 0 R)", rb"/Size (\d+)"))  # type: ignore[index]
    at = len(data)
    table = b"xref\n%s 1\n%010d 00000 n \ntrailer\n<</Size %s/Root %s/Prev %d>>\n" % (found[1], at, size, root, last)
    return data + again + table + b"startxref\n%d\n%%%%EOF\n" % (at + len(again))
