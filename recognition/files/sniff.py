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
    HEIF = "heif"
    AVIF = "avif"
    BMP = "bmp"
    GIF = "gif"
    PDF = "pdf"
    ZIP = "zip"


_READ: tuple[tuple[bytes, FileFormat], ...] = (
    (b"\xff\xd8\xff", FileFormat.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileFormat.PNG),
    (b"II*\x00", FileFormat.TIFF),
    (b"MM\x00*", FileFormat.TIFF),
    (b"II+\x00", FileFormat.TIFF),
    (b"MM\x00+", FileFormat.TIFF),
    (b"GIF87a", FileFormat.GIF),
    (b"GIF89a", FileFormat.GIF),
    (b"PK\x05\x06", FileFormat.ZIP),
)
_BEGINNINGS = (*(magic for magic, _ in _READ), b"RIFF", b"%PDF-", b"PK\x03\x04")
_ARCHIVES = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"PK\x07\x08",
    b"MSCF\x00\x00\x00\x00",
    b"\x28\xb5\x2f\xfd",
)
_OTHER_PICTURES = (
    b"\x00\x00\x00\x0cjP  ",
    b"\xff\x4f\xff\x51",
    b"\xff\x0a",
    b"\x00\x00\x00\x0cJXL ",
    b"AT&TFORM",
    b"8BPS",
    b"%!PS",
    b"II\xbc\x01",
    b"\x97JB2\r\n\x1a\n",
)
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"))
_AVIF_BRANDS = frozenset((b"avif", b"avis"))
_PICTURE_BRANDS = frozenset((b"mif1", b"mif2", b"msf1", b"miaf"))
_OFFICE_MARKS = (b"[Content_Types].xml", b"_rels/", b"word/", b"xl/", b"ppt/", b"META-INF/", b"mimetypeapplication/")


def sniff(head: bytes) -> FileFormat:
    """Names the format of a file that begins with `head` (HEAD_BYTES of it, or all there is).

    Raises FileRefusedError: empty_file, archive_not_supported, unsupported_format, truncated or not_an_image.
    """
    if not head:
        raise FileRefusedError(FileError.EMPTY_FILE)
    known = next((known for magic, known in _READ if head.startswith(magic)), None) or _by_more_than_magic(head)
    if known is None:
        raise FileRefusedError(_why_not(head))
    return known


def _by_more_than_magic(head: bytes) -> FileFormat | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileFormat.WEBP
    if head[:4] == b"PK\x03\x04":
        return None if any(mark in head for mark in _OFFICE_MARKS) else FileFormat.ZIP
    # Two letters begin many a text; a bitmap goes on with four reserved zeros.
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return FileFormat.BMP
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if b"%PDF-" in head[:1024] and not head.startswith(_ARCHIVES):  # an archive may hold a PDF as it is
        return FileFormat.PDF
    return None


def _by_brand(head: bytes) -> FileFormat | None:
    """ISO/IEC 14496-12, 4.3: the first brand is the file's own, from the third on those it is compatible with."""
    end = min(len(head), int.from_bytes(head[:4], "big"), 128)
    brands = {head[at : at + 4] for at in range(8, end, 4)}
    if brands & _HEIF_BRANDS:
        return FileFormat.HEIF
    if brands & _AVIF_BRANDS:
        return FileFormat.AVIF
    return FileFormat.HEIF if brands & _PICTURE_BRANDS else None


def _why_not(head: bytes) -> FileError:
    if head[:4] == b"PK\x03\x04":
        return FileError.NOT_AN_IMAGE
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        return FileError.ARCHIVE_NOT_SUPPORTED
    if head.startswith(_OTHER_PICTURES):
        return FileError.UNSUPPORTED_FORMAT
    if len(head) > 1 and any(magic.startswith(head) for magic in _BEGINNINGS):
        return FileError.TRUNCATED
    if len(head) < 12 and (head[:4] == b"RIFF" or head[4:8] == b"ftyp"):
        return FileError.TRUNCATED
    return FileError.NOT_AN_IMAGE
