"""From a path to pages: the one way into every decoder."""

import mmap
from pathlib import Path
from typing import Protocol

from recognition.codes import FileError
from recognition.files.pdf_file import open_pdf
from recognition.files.picture_file import open_picture
from recognition.files.raster import Raster
from recognition.files.refused import FileRefusedError
from recognition.files.sniff import HEAD_BYTES, FileFormat, sniff
from recognition.limits import DEFAULT, Limits


class ScanFile(Protocol):
    """An open file of pages."""

    page_count: int

    def page(self, index: int) -> Raster:
        """The page with this index from 0. Raises FileRefusedError."""


def open_file(path: Path, limits: Limits = DEFAULT) -> ScanFile:
    """Opens a file of any readable format by its content, with every limit that needs no decoding.

    Raises FileRefusedError with one of the codes of FileError; OSError where the path itself cannot be read.
    """
    size = path.stat().st_size
    if size == 0:
        raise FileRefusedError(FileError.EMPTY_FILE)
    if size > limits.file_bytes:
        raise FileRefusedError(FileError.FILE_TOO_LARGE, size=size, limit_megabytes=limits.file_bytes // 1_000_000)
    with path.open("rb") as stream:
        kind = sniff(stream.read(HEAD_BYTES))
        # Mapped, not read: a 400 MB file of a hundred pages then costs the child only the pages it looks at.
        data = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    if kind is FileFormat.PDF:
        return open_pdf(path, data, limits)
    return open_picture(data, kind, limits)
