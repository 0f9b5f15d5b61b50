"""One printed sheet, scanned, and the question that is asked of it in every format."""

import io
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from recognition.files.open_file import open_file
from recognition.files.raster import Raster
from recognition.pages.check import check_page
from tests.recognition.drawn import KIT, PRACTICE, Gray, printed, scanned

DPI = 150


@cache
def sheet() -> Gray:
    """A4 at DPI, grey, with noise, a little askew. Not to be changed."""
    return scanned(printed(), DPI, skew=0.3)


@cache
def bilevel() -> Gray:
    """The same in black and white."""
    return np.where(sheet() > 127, 255, 0).astype(np.uint8)


def saved(kind: str, mode: str = "L", gray: Gray | None = None, **how: object) -> bytes:
    """The sheet as Pillow writes it."""
    stream = io.BytesIO()
    Image.fromarray(sheet() if gray is None else gray).convert(mode).save(stream, kind, **how)
    return stream.getvalue()


def page_of(folder: Path, data: bytes, index: int = 0) -> Raster:
    path = folder / "scan.bin"
    path.write_bytes(data)
    return open_file(path).page(index)


def unlike(page: Raster, expected: Gray) -> float:
    """Mean difference of two pictures of one page, in grey levels, whatever their sizes."""
    size = expected.shape[1] // 2, expected.shape[0] // 2
    first, second = (cv2.resize(gray, size, interpolation=cv2.INTER_AREA) for gray in (page.gray(1), expected))
    return float(np.abs(first.astype(np.float32) - second).mean())


def assert_read(
    page: Raster, *, rotation: int = 0, dpi: int = DPI, like: Gray | None = None, within: float = 4
) -> None:
    """The page is known, lies as it should, has its resolution, and looks like the sheet."""
    report, _ = check_page(0, page, PRACTICE, "TEST")
    assert (report.kit, report.page, report.rotation) == (KIT, 1, rotation)
    assert report.dpi is not None
    assert abs(report.dpi - dpi) <= 1
    assert unlike(page, sheet() if like is None else like) < within
    assert page.gray(2).shape == (page.height // 2, page.width // 2)
