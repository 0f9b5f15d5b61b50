"""PDF files as pages: the scan itself where a page is one picture, else the page drawn."""

from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from recognition.codes import FileError
from recognition.files.pdf_scan import check_jpegs, detail_dpi, extract_scan
from recognition.files.pdf_streams import PdfStreams
from recognition.files.raster import ArraySource, Raster, check_size
from recognition.files.refused import FileRefusedError
from recognition.limits import Limits

_TAIL_BYTES = 4096
_POINTS_PER_INCH = 72


@dataclass(slots=True)
class PdfFile:
    """An open PDF."""

    streams: PdfStreams
    document: pdfium.PdfDocument
    limits: Limits
    page_count: int

    def page(self, index: int) -> Raster:
        """One page. Raises FileRefusedError: broken_pdf, truncated or too_many_pixels."""
        try:
            page = self.document[index]
            try:
                return extract_scan(self.streams, page, self.limits) or self._draw(page)
            finally:
                page.close()
        except (pdfium.PdfiumError, ValueError, ArithmeticError) as error:
            # ValueError: names in the file that are no text, met while pypdfium2 decodes them; ArithmeticError: sizes
            # of nought or without end.
            raise FileRefusedError(FileError.BROKEN_PDF, page=index + 1) from error

    def _draw(self, page: pdfium.PdfPage) -> Raster:
        check_jpegs(page, self.limits)
        dpi = self.limits.render_dpi
        width, height = (max(1, round(side / _POINTS_PER_INCH * dpi)) for side in page.get_size())
        check_size(width, height, self.limits)
        bitmap = page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True)
        pixels = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy()
        bitmap.close()
        return Raster(
            pixels.shape[1],
            pixels.shape[0],
            ArraySource(pixels),
            (dpi, dpi),
            drawn=True,
            detail_dpi=detail_dpi(page, self.limits),
        )


def open_pdf(source: Path | bytes, data: memoryview, limits: Limits) -> PdfFile:
    """Opens a PDF without a password. Raises FileRefusedError: encrypted_pdf, broken_pdf or too_many_pages."""
    document = _document(source)
    if b"%%EOF" not in bytes(data[-_TAIL_BYTES:]):
        # pdfium repairs a file that was cut short, and then shows fewer pages than were sent.
        raise FileRefusedError(FileError.BROKEN_PDF)
    count = len(document)
    if count > limits.pages:
        raise FileRefusedError(FileError.TOO_MANY_PAGES, pages=count, limit=limits.pages)
    if count < 1:
        raise FileRefusedError(FileError.BROKEN_PDF)
    return PdfFile(PdfStreams(data), document, limits, count)


def _document(source: Path | bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        raise FileRefusedError(FileError.ENCRYPTED_PDF if locked else FileError.BROKEN_PDF) from error
