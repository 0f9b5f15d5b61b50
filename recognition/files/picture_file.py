"""JPEG, PNG, WebP and TIFF files as pages."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFile

from recognition.codes import FileError
from recognition.files.raster import ArraySource, JpegSource, Raster, Source, check_size
from recognition.files.refused import FileRefusedError
from recognition.files.sniff import FileFormat
from recognition.files.tiff_directory import read_directories
from recognition.files.turn import Gray, Turn, exif_turn
from recognition.limits import Limits

Image.MAX_IMAGE_PIXELS = None  # our own check_size comes first and is stricter
ImageFile.LOAD_TRUNCATED_IMAGES = False

_PILLOW = {
    FileFormat.JPEG: ("JPEG",),
    FileFormat.PNG: ("PNG",),
    FileFormat.WEBP: ("WEBP",),
    FileFormat.TIFF: ("TIFF",),
}
_EXIF_ORIENTATION = 0x0112
_EXIF_SUB_DIRECTORY = 0x8769
_EXPOSURE_TAGS = (0x829A, 0x829D, 0x8827)
"""ExposureTime, FNumber, ISO: a camera writes them, a scanner has nothing to write there."""
_PNG_END = b"IEND\xaeB`\x82"
_PNG_TAIL = 65_536
"""Bytes of foreign data that may follow the end of a picture."""
_DEFAULT_DPI = (72.0, 96.0)
"""What programs write where they do not know: no statement about the paper."""


@dataclass(slots=True)
class PictureFile:
    """An open picture file; each frame is a page."""

    data: memoryview
    format: FileFormat
    limits: Limits
    page_count: int = 1

    def page(self, index: int) -> Raster:
        """Header of one page; its pixels are decoded when asked for. Raises FileRefusedError."""
        with _damage_is_truncation(), self.opened() as image:
            if index:
                image.seek(index)
            check_size(*image.size, self.limits)
            turn = _orientation(image)
            dpi = _stated_dpi(image)
            camera = self.format is not FileFormat.TIFF and _from_camera(image)
            source: Source = JpegSource(self.data) if self.format is FileFormat.JPEG else ArraySource(_to_gray(image))
            width, height = image.size
        if turn.swaps_sides:
            width, height = height, width
            dpi = dpi and (dpi[1], dpi[0])
        return Raster(width, height, source, dpi, turn, camera)

    def opened(self) -> Image.Image:
        """The header, read by Pillow; to be closed by the caller."""
        return Image.open(io.BytesIO(self.data), formats=_PILLOW[self.format])


def open_picture(data: memoryview, kind: FileFormat, limits: Limits) -> PictureFile:
    """Checks what can be checked without decoding.

    Raises FileRefusedError: truncated, too_many_pages or too_many_pixels.
    """
    file = PictureFile(data, kind, limits)
    if kind is FileFormat.TIFF:
        pages = read_directories(data, limits.pages)
        if len(pages) > limits.pages:
            raise FileRefusedError(FileError.TOO_MANY_PAGES, limit=limits.pages)
        for page in pages:
            check_size(page.width, page.height, limits)
        file.page_count = len(pages)
        return file
    if _ends_early(data, kind):
        raise FileRefusedError(FileError.TRUNCATED)
    with _damage_is_truncation(), file.opened() as image:
        check_size(*image.size, limits)
    return file


def _ends_early(data: memoryview, kind: FileFormat) -> bool:
    """What the decoders forgive: a PNG without its end, a WebP shorter than it says of itself."""
    if kind is FileFormat.PNG:
        return _PNG_END not in bytes(data[-_PNG_TAIL:])
    return kind is FileFormat.WEBP and len(data) < int.from_bytes(data[4:8], "little") + 8


@contextmanager
def _damage_is_truncation() -> Iterator[None]:
    """Pillow has no one error for damaged data; each of these was seen on cut or altered files."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, ZeroDivisionError) as error:
        raise FileRefusedError(FileError.TRUNCATED) from error
    except Image.DecompressionBombError as error:
        raise FileRefusedError(FileError.TOO_MANY_PIXELS) from error


def _orientation(image: Image.Image) -> Turn:
    return exif_turn(image.getexif().get(_EXIF_ORIENTATION))


def _from_camera(image: Image.Image) -> bool:
    tags = image.getexif().get_ifd(_EXIF_SUB_DIRECTORY)
    return any(tag in tags for tag in _EXPOSURE_TAGS)


def _stated_dpi(image: Image.Image) -> tuple[float, float] | None:
    stated = image.info.get("dpi")
    if not stated:
        return None
    x, y = float(stated[0]), float(stated[1])
    if not (20 <= x <= 3000 and 20 <= y <= 3000) or (x in _DEFAULT_DPI and x == y):
        return None
    return x, y


def _to_gray(image: Image.Image) -> Gray:
    """Eight grey bits, whatever was stored; what is transparent lies on white paper."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        wide = np.asarray(image, np.float32)
        top = 255.0 if wide.max(initial=0) <= 255 else 65535.0
        return np.asarray(np.clip(wide * (255.0 / top), 0, 255), np.uint8)
    if "A" in image.mode or "transparency" in image.info:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        image = Image.alpha_composite(paper, coloured)
    return np.asarray(image.convert("L"), np.uint8)
