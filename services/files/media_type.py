"""The media type for a file's row, by its bytes: names and senders' claims are not trusted."""

from pathlib import Path

from recognition.files.refused import FileRefusedError
from recognition.files.sniff import HEAD_BYTES, FileFormat, sniff

UNKNOWN = "application/octet-stream"
TYPES = {
    FileFormat.JPEG: "image/jpeg",
    FileFormat.PNG: "image/png",
    FileFormat.TIFF: "image/tiff",
    FileFormat.WEBP: "image/webp",
    FileFormat.HEIF: "image/heic",
    FileFormat.AVIF: "image/avif",
    FileFormat.BMP: "image/bmp",
    FileFormat.GIF: "image/gif",
    FileFormat.PDF: "application/pdf",
    FileFormat.ZIP: "application/zip",
}


def media_type(path: Path) -> str:
    """What the file is; a format that is not read is `application/octet-stream`."""
    with path.open("rb") as opened:
        head = opened.read(HEAD_BYTES)
    try:
        return TYPES[sniff(head)]
    except FileRefusedError:
        return UNKNOWN
