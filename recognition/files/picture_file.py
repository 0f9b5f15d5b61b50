"""Files of one picture: JPEG, PNG, WebP, HEIC, AVIF, BMP and GIF."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import cv2
import numpy as np
import pi_heif
from PIL import AvifImagePlugin, Image, ImageFile

from recognition.codes import FileError
from recognition.files.jpeg_header import check_coding
from recognition.files.native_log import hear_native_log
from recognition.files.raster import ArraySource, JpegSource, Raster, Source, check_size
from recognition.files.refused import FileRefusedError
from recognition.files.sniff import FileFormat
from recognition.files.to_gray import to_gray
from recognition.files.turn import AS_STORED, Gray, Turn, exif_turn
from recognition.files.webp import decode_webp, read_webp
from recognition.files.whole import is_whole
from recognition.limits import Limits

Image.MAX_IMAGE_PIXELS = None  # our own check_size comes first and is stricter
ImageFile.LOAD_TRUNCATED_IMAGES = False
# One page is one core's work: threads of a decoder would only count against the child's memory.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pi_heif.options.DECODE_THREADS = 1
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

_PILLOW = {
    FileFormat.JPEG: "JPEG",
    FileFormat.PNG: "PNG",
    FileFormat.HEIF: "HEIF",
    FileFormat.AVIF: "AVIF",
    FileFormat.BMP: "BMP",
    FileFormat.GIF: "GIF",
}
_BMP_CODING, _RUN_LENGTHS = 30, (1, 2)
_EXIF_ORIENTATION = 0x0112
_EXIF_SUB_DIRECTORY = 0x8769
_EXPOSURE_TAGS = (0x829A, 0x829D, 0x8827)
"""ExposureTime, FNumber, ISO: a camera writes them, a scanner has nothing to write there."""
_DEFAULT_DPI = (72.0, 96.0)
"""What programs write where they do not know: no statement about the paper."""


@dataclass(slots=True)
class PictureFile:
    """An open picture file. Of several pictures (a phone's second one, an animation) the first is the page."""

    data: memoryview
    format: FileFormat
    limits: Limits
    page_count: int = 1
    _read: Raster | None = None

    def page(self, index: int) -> Raster:  # noqa: ARG002 - there is one
        """The page, the same each time: it is checked and then drawn from the pixels that are there already.

        Raises FileRefusedError.
        """
        if self._read is None:
            self._read = self._webp() if self.format is FileFormat.WEBP else self._pillow()
        return self._read

    def _pillow(self) -> Raster:
        with damage_is(FileError.TRUNCATED), self.opened() as image:
            check_size(*image.size, self.limits)
            # The decoder of HEIC has turned the picture already, as its container says.
            turn = AS_STORED if self.format is FileFormat.HEIF else _orientation(image.getexif())
            dpi = stated_dpi(image.info.get("dpi"))
            camera = _from_camera(image.getexif())
            source = self._source(image)
            width, height = image.size
        return laid(source, (width, height), dpi, turn, camera=camera)

    def _source(self, image: Image.Image) -> Source:
        if self.format is FileFormat.JPEG:
            return JpegSource(self.data)
        # Pillow undoes run lengths in Python, 45 times as slowly.
        if self.format is FileFormat.BMP and self.data[_BMP_CODING] in _RUN_LENGTHS:
            return ArraySource(_decoded_bitmap(self.data, image.size))
        return ArraySource(to_gray(image))

    def _webp(self) -> Raster:
        header = read_webp(self.data)
        check_size(header.width, header.height, self.limits)
        exif = Image.Exif()
        with damage_is(FileError.TRUNCATED):
            exif.load(header.exif)
        source = ArraySource(decode_webp(self.data, header))
        return laid(source, (header.width, header.height), None, _orientation(exif), camera=_from_camera(exif))

    def opened(self) -> Image.Image:
        """The header, read by Pillow; to be closed by the caller."""
        return Image.open(io.BytesIO(self.data), formats=(_PILLOW[self.format],))


def open_picture(data: memoryview, kind: FileFormat, limits: Limits) -> PictureFile:
    """Checks what can be checked without decoding.

    Raises FileRefusedError: truncated, unsupported_coding or too_many_pixels.
    """
    file = PictureFile(data, kind, limits)
    if kind is FileFormat.JPEG:
        check_coding(data)
    if not is_whole(data, kind):
        raise FileRefusedError(FileError.TRUNCATED)
    if kind is FileFormat.WEBP:
        header = read_webp(data)
        check_size(header.width, header.height, limits)
        return file
    with damage_is(FileError.TRUNCATED), file.opened() as image:
        check_size(*image.size, limits)
    return file


def laid(
    source: Source, size: tuple[int, int], dpi: tuple[float, float] | None, turn: Turn, *, camera: bool = False
) -> Raster:
    """Stored pixels of that size and resolution as a page, turned as it is to be seen."""
    width, height = size
    if turn.swaps_sides:
        return Raster(height, width, source, dpi and (dpi[1], dpi[0]), turn, camera)
    return Raster(width, height, source, dpi, turn, camera)


@contextmanager
def damage_is(code: FileError) -> Iterator[None]:
    """Pillow has no one error for damaged data; each of these was seen on cut or altered files."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        KeyError,
        IndexError,
        TypeError,
        ZeroDivisionError,
        struct.error,
        OverflowError,
        RuntimeError,
    ) as error:
        raise FileRefusedError(code) from error
    except Image.DecompressionBombError as error:
        raise FileRefusedError(FileError.TOO_MANY_PIXELS) from error


def stated_dpi(stated: object) -> tuple[float, float] | None:
    """The resolution (x, y) that a file states, None where it is none that a scanner may have."""
    if not isinstance(stated, tuple) or len(stated) != 2:
        return None
    x, y = (float(side) for side in stated)
    if not (20 <= x <= 3000 and 20 <= y <= 3000) or (x in _DEFAULT_DPI and x == y):
        return None
    return x, y


def _decoded_bitmap(data: memoryview, size: tuple[int, int]) -> Gray:
    with hear_native_log():
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if decoded is None or decoded.shape[::-1] != size:
        raise FileRefusedError(FileError.TRUNCATED)
    return np.asarray(decoded, np.uint8)


def _orientation(exif: Image.Exif) -> Turn:
    return exif_turn(exif.get(_EXIF_ORIENTATION))


def _from_camera(exif: Image.Exif) -> bool:
    tags = exif.get_ifd(_EXIF_SUB_DIRECTORY)
    return any(tag in tags for tag in _EXPOSURE_TAGS)
