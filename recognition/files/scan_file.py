"""What every open file of pages is, and bytes in memory opened as one."""

from pathlib import Path
from typing import Protocol

from recognition.files.pdf_file import open_pdf
from recognition.files.picture_file import open_picture
from recognition.files.raster import Raster
from recognition.files.sniff import FileFormat
from recognition.files.tiff_file import open_tiff
from recognition.limits import Limits


class ScanFile(Protocol):
    """An open file of pages."""

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""

    def page(self, index: int) -> Raster:
        """The page with this index from 0. Raises FileRefusedError."""


def open_scan(source: Path | bytes, data: memoryview, kind: FileFormat, limits: Limits) -> ScanFile:
    """Opens what is no archive; `source` is where `data` comes from. Raises FileRefusedError."""
    if kind is FileFormat.PDF:
        return open_pdf(source, data, limits)
    if kind is FileFormat.TIFF:
        return open_tiff(data, limits)
    return open_picture(data, kind, limits)
