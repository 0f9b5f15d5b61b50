"""The study's reader `casc_F`, made anew from its description: what a page of this corpus is measured against."""

from collections.abc import Callable, Iterator

import cv2
import numpy as np
import zxingcpp

from tests.recognition.corpora.scanner import Picture


def cascade(data: bytes) -> set[str]:
    """Texts of the first of fourteen stages that finds any."""
    full = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION)
    if full is None:
        return set()
    for picture, invert, pyramid in stages(full):
        found = zxingcpp.read_barcodes(
            picture, formats=zxingcpp.BarcodeFormat.QRCode, try_invert=invert, try_downscale=pyramid
        )
        if found:
            return {symbol.text for symbol in found}
    return set()


def stages(full: Picture) -> Iterator[tuple[Picture, bool, bool]]:
    half = cv2.resize(full, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    yield half, False, False
    yield full, False, True
    for mend in (*MENDS, *LATE_MENDS):
        yield mend(half), False, True
    yield full, True, True
    if full.size < 4_500_000:
        yield cv2.resize(full, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), False, True


def brushed(operation: int, width: int, height: int) -> Callable[[Picture], Picture]:
    kernel = np.ones((height, width), np.uint8)
    return lambda half: cv2.morphologyEx(half, operation, kernel)


def sharpened(half: Picture) -> Picture:
    return cv2.addWeighted(half, 4, cv2.GaussianBlur(half, (0, 0), 2), -3, 0)


def adaptive(half: Picture) -> Picture:
    return cv2.adaptiveThreshold(half, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 51, 10)


MENDS = (brushed(cv2.MORPH_CLOSE, 3, 1), brushed(cv2.MORPH_OPEN, 3, 1), sharpened, adaptive)
LATE_MENDS = (
    brushed(cv2.MORPH_DILATE, 3, 3),
    brushed(cv2.MORPH_OPEN, 5, 1),
    brushed(cv2.MORPH_CLOSE, 5, 1),
    lambda half: cv2.GaussianBlur(half, (0, 0), 1.5),
    lambda half: cv2.medianBlur(half, 3),
    brushed(cv2.MORPH_ERODE, 3, 3),
)
