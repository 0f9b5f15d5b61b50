"""Turns a scanned picture into the bytes that a scanner writes."""

import io
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

import cv2
import numpy as np
from PIL import Image, TiffImagePlugin

from recognition.simulator.scan import PageTruth, ScannedPage
from recognition.simulator.sheet import Picture


class FileFormat(StrEnum):
    """Kinds of files. PDF and TIFF hold all pages in one file, JPEG and PNG one page each."""

    JPG = "jpg"
    PNG = "png"
    TIFF = "tiff"
    PDF = "pdf"


class Codec(StrEnum):
    """How a page's pixels are packed."""

    JPEG = "jpeg"
    PNG = "png"
    G4 = "g4"


@dataclass(frozen=True, slots=True)
class EncodedPage:
    """Packed pixels of one page; `dpi` is None where the device does not know it."""

    data: bytes
    codec: Codec
    width: int
    height: int
    channels: int
    dpi: int | None
    truth: PageTruth


def encode(page: ScannedPage, file_format: FileFormat) -> EncodedPage:
    """The page for a file of that format. Raises ValueError for a bilevel page as JPEG."""
    image = _image(page)
    if file_format is FileFormat.PNG:
        return _packed(page, Codec.PNG, _saved(image, "PNG", page.truth.dpi, compress_level=1))
    if page.bilevel:
        if file_format is FileFormat.JPG:
            raise ValueError("bilevel")
        return _packed(page, Codec.G4, _group4(page.picture))
    extras: dict[str, object] = {"exif": _camera_exif()} if page.camera else {}
    if image.mode == "RGB":
        extras["subsampling"] = "4:2:0"
    jpeg = _saved(image, "JPEG", page.truth.dpi, quality=page.quality, **extras)
    return _packed(page, Codec.JPEG, jpeg)


def _image(page: ScannedPage) -> Image.Image:
    if page.bilevel:
        return Image.fromarray(page.picture > 127)
    if page.picture.ndim == 3:
        return Image.fromarray(np.asarray(cv2.cvtColor(page.picture, cv2.COLOR_BGR2RGB)))
    return Image.fromarray(page.picture)


def _packed(page: ScannedPage, codec: Codec, data: bytes) -> EncodedPage:
    height, width = page.picture.shape[:2]
    channels = 1 if page.picture.ndim == 2 else 3
    return EncodedPage(data, codec, width, height, channels, page.truth.dpi, page.truth)


def _saved(image: Image.Image, file_format: str, dpi: int | None, **how: object) -> bytes:
    target = io.BytesIO()
    density = {"dpi": (dpi, dpi)} if dpi else {}
    image.save(target, file_format, **density, **how)
    return target.getvalue()


def _group4(picture: Picture) -> bytes:
    """The bare CCITT T.6 data of a bilevel picture, in one strip, ink being one, as scanners and PDF have it."""
    height, width = picture.shape
    target = io.BytesIO()
    # Ink as one from the start: Pillow's own inversion of a bilevel picture takes fifty times as long.
    Image.fromarray(picture <= 127).save(target, "TIFF", compression="group4", strip_size=(width + 7) // 8 * height)
    with Image.open(target) as written:
        tags = cast("TiffImagePlugin.TiffImageFile", written).tag_v2
        offsets, sizes = tags[TiffImagePlugin.STRIPOFFSETS], tags[TiffImagePlugin.STRIPBYTECOUNTS]
    if len(offsets) != 1:
        raise AssertionError(offsets)
    return target.getvalue()[offsets[0] : offsets[0] + sizes[0]]


def _camera_exif() -> Image.Exif:
    """What a telephone writes of itself: maker, model, time, exposure, focal length."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Xiaomi", "Redmi Note 10", 1
    exif[0x0132] = "2022:08:24 11:32:05"
    detail = exif.get_ifd(0x8769)
    detail[0x829A], detail[0x829D], detail[0x8827] = 1 / 50, 1.79, 160
    detail[0x9003], detail[0x920A] = "2022:08:24 11:32:05", 4.71
    return exif
