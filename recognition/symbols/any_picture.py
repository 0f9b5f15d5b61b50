"""The reader alone: a QR symbol of any kind in any picture, with all the patience there is.

The stages and their order are those of a bake-off over 554 public photographs and 448 synthetic scans. A text is what
the error correction of the symbol itself has proved; no stage guesses.
"""

from collections.abc import Callable, Iterator

import cv2
import numpy as np

from recognition.files.turn import Gray
from recognition.symbols.cascade import COMMON, RARE, Patience, read_large
from recognition.symbols.last_look import look_again
from recognition.symbols.reading import Symbol, read

_BASE_PX = 1500
"""Long side of the copy that is searched first: a photograph of 12 MP has no more to tell of a symbol in it."""
_LEAST_BASE_PX = 200
_PATIENCE_S = 4.0
"""Of CPU: most photographs without a symbol are done with in one."""
_SHARPER = ((4.0, 6.0), (4.0, 12.0), (8.0, 8.0))
"""Sigma in px of the doubled copy, and strength: a symbol out of focus has lost two thirds of a module to its
neighbours."""
_EQUALISED = cv2.createCLAHE(clipLimit=4.0, tileGridSize=(8, 8))


def read_any(gray: Gray) -> str | None:
    """The text of the first symbol that any stage reads; None where none does."""
    patience = Patience.of(_PATIENCE_S)
    for look in _looks(gray):
        if patience.is_over:
            break
        for symbol in look():
            if symbol.text:
                return symbol.text
    return None


def _looks(gray: Gray) -> Iterator[Callable[[], list[Symbol]]]:
    base = _shrunk(gray, _BASE_PX)
    yield lambda: read(base)
    if base is not gray:
        yield lambda: read(gray)
    yield lambda: read(gray, thorough=True)
    copies = [base] + ([_shrunk(base, max(base.shape) // 2)] if max(base.shape) > 2 * _LEAST_BASE_PX else [])
    for copy in copies:
        for step in (*COMMON, *RARE):
            yield lambda copy=copy, step=step: read(step(copy))  # type: ignore[misc]  # bound now, called later
    yield lambda: read_large(base)
    for copy in copies:
        for sigma, strength in _SHARPER:
            yield lambda copy=copy, sigma=sigma, strength=strength: read(_sharper(copy, sigma, strength))  # type: ignore[misc]
        yield lambda copy=copy: read(np.asarray(_EQUALISED.apply(copy), np.uint8), thorough=True)  # type: ignore[misc]
        yield lambda copy=copy: read(_thresholded(copy), thorough=True)  # type: ignore[misc]
    yield lambda: look_again(base)


def _shrunk(gray: Gray, most_px: int) -> Gray:
    factor = most_px / max(gray.shape)
    if factor >= 1:
        return gray
    return np.asarray(cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)


def _sharper(gray: Gray, sigma: float, strength: float) -> Gray:
    """Far beyond what looks good; done in whole numbers it would only add noise."""
    fine = cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC).astype(np.float32)
    sharp = fine * (1 + strength) - strength * cv2.GaussianBlur(fine, (0, 0), sigma)
    return np.asarray(np.clip(sharp, 0, 255), np.uint8)


def _thresholded(gray: Gray) -> Gray:
    """Black and white against a neighbourhood of a tenth of the picture: shadows across a symbol fall away."""
    block = max(11, min(gray.shape) // 10 | 1)
    mean, binary = cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY
    return np.asarray(cv2.adaptiveThreshold(cv2.medianBlur(gray, 3), 255, mean, binary, block, 5), np.uint8)
