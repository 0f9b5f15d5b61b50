"""Writes a PDF of scans: one picture a page, its bytes as the scanner packed them."""

from pathlib import Path
from typing import BinaryIO, Self

from recognition.simulator.encode import Codec, EncodedPage

_COLOURS = {1: "/DeviceGray", 3: "/DeviceRGB"}
_UNKNOWN_DENSITY_WIDTH_IN = 8.27
"""A picture without a density is laid across an A4 page."""


class PdfFile:
    """Pages are written as they come, so that hundreds need no memory. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self.file: BinaryIO = path.open("wb")
        self.offsets: dict[int, int] = {}
        self.pages: list[int] = []
        self.file.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is None:
            self._finish()
        self.file.close()

    def add(self, page: EncodedPage) -> None:
        """Appends a page as big as the paper that was scanned."""
        number = 3 + 3 * len(self.pages)
        dpi = page.dpi or page.width / _UNKNOWN_DENSITY_WIDTH_IN
        width, height = page.width * 72 / dpi, page.height * 72 / dpi
        draw = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Scan Do Q".encode()
        self._write(
            number,
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.4f} {height:.4f}]"
            f"/Resources<</XObject<</Scan {number + 2} 0 R>>>>/Contents {number + 1} 0 R>>",
        )
        self._write(number + 1, f"<</Length {len(draw)}>>", draw)
        self._write(number + 2, _image_dictionary(page), page.data)
        self.pages.append(number)

    def _write(self, number: int, dictionary: str, stream: bytes | None = None) -> None:
        self.offsets[number] = self.file.tell()
        self.file.write(f"{number} 0 obj\n{dictionary}\n".encode())
        if stream is not None:
            self.file.write(b"stream\n" + stream + b"\nendstream\n")
        self.file.write(b"endobj\n")

    def _finish(self) -> None:
        kids = " ".join(f"{number} 0 R" for number in self.pages)
        self._write(1, "<</Type/Catalog/Pages 2 0 R>>")
        self._write(2, f"<</Type/Pages/Count {len(self.pages)}/Kids[{kids}]>>")
        start, size = self.file.tell(), len(self.offsets) + 1
        rows = "".join(f"{self.offsets[number]:010d} 00000 n \n" for number in range(1, size))
        self.file.write(f"xref\n0 {size}\n0000000000 65535 f \n{rows}".encode())
        self.file.write(f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode())


def _image_dictionary(page: EncodedPage) -> str:
    bits, how = 8, "/Filter/DCTDecode"
    if page.codec is Codec.G4:
        bits = 1
        how = f"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns {page.width}/Rows {page.height}>>"
    return (
        f"<</Type/XObject/Subtype/Image/Width {page.width}/Height {page.height}/BitsPerComponent {bits}"
        f"/ColorSpace{_COLOURS[page.channels]}{how}/Length {len(page.data)}>>"
    )
