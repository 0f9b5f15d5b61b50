"""From a path to pages: the one way into every decoder."""

import mmap
from pathlib import Path

from recognition.codes import FileError
from recognition.files.refused import FileRefusedError
from recognition.files.scan_file import ScanFile, open_scan
from recognition.files.sniff import HEAD_BYTES, FileFormat, sniff
from recognition.files.zip_file import open_zip
from recognition.limits import DEFAULT, Limits

__all__ = ["ScanFile", "open_file"]


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
        if kind is FileFormat.ZIP:
            return open_zip(path, limits)
        # Mapped, not read: a 400 MB file of a hundred pages then costs the child only the pages it looks at.
        data = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    return open_scan(path, data, kind, limits)
