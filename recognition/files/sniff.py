"""What a file is by its first bytes; its name is never believed."""

from enum import StrEnum

from recognition.codes import FileError
from recognition.files.refused import FileRefusedError

HEAD_BYTES = 4096


class FileFormat(StrEnum):
    """Formats that are read."""

    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    WEBP = "webp"
    PDF = "pdf"


_READ: tuple[tuple[bytes, FileFormat], ...] = (
    (b"\xff\xd8\xff", FileFormat.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileFormat.PNG),
    (b"II*\x00", FileFormat.TIFF),
    (b"MM\x00*", FileFormat.TIFF),
    (b"II+\x00", FileFormat.TIFF),
    (b"MM\x00+", FileFormat.TIFF),
)
_BEGINNINGS = (*(magic for magic, _ in _READ), b"RIFF", b"%PDF-")
_ARCHIVES = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"PK\x05\x06",
    b"\x28\xb5\x2f\xfd",
)
_OTHER_PICTURES = (
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"\x00\x00\x00\x0cjP  ",
    b"\xff\x4f\xff\x51",
    b"\xff\x0a",
    b"\x00\x00\x00\x0cJXL ",
    b"AT&TFORM",
    b"8BPS",
    b"%!PS",
)
_PICTURE_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis"))
_OFFICE_MARKS = (b"[Content_Types].xml", b"_rels/", b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis")


def sniff(head: bytes) -> FileFormat:
    """Names the format of a file that begins with `head` (HEAD_BYTES of it, or all there is).

    Raises FileRefusedError: empty_file, archive_not_supported, unsupported_format, truncated or not_an_image.
    """
    if not head:
        raise FileRefusedError(FileError.EMPTY_FILE)
    for magic, known in _READ:
        if head.startswith(magic):
            return known
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileFormat.WEBP
    if b"%PDF-" in head[:1024] and not head.startswith(
        (b"PK\x03\x04", *_ARCHIVES)
    ):  # an archive may hold a PDF as it is
        return FileFormat.PDF
    raise FileRefusedError(_why_not(head))


def _why_not(head: bytes) -> FileError:
    if head[:4] == b"PK\x03\x04":
        office = any(mark in head for mark in _OFFICE_MARKS)
        return FileError.NOT_AN_IMAGE if office else FileError.ARCHIVE_NOT_SUPPORTED
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        return FileError.ARCHIVE_NOT_SUPPORTED
    if _is_other_picture(head):
        return FileError.UNSUPPORTED_FORMAT
    if len(head) > 1 and any(magic.startswith(head) for magic in _BEGINNINGS):
        return FileError.TRUNCATED
    if len(head) < 12 and head[:4] == b"RIFF":
        return FileError.TRUNCATED
    return FileError.NOT_AN_IMAGE


def _is_other_picture(head: bytes) -> bool:
    if head[4:8] == b"ftyp":
        brands = {head[at : at + 4] for at in range(8, min(len(head), 64), 4)}
        return bool(brands & _PICTURE_BRANDS)
    if head[:2] == b"BM":
        # Two letters begin many a text; a bitmap goes on with four reserved zeros.
        return head[6:10] == b"\0\0\0\0"
    return head.startswith(_OTHER_PICTURES)
