"""Ever more patient ways to read a symbol, each made for one kind of harm.

The order is that of the bake-off on 448 synthetic pages: the first stages heal what is common and cost little. Ink is
dark, so closing erases thin dark lines (feed streaks) and opening heals thin light ones and faded toner.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from recognition.files.turn import Gray
from recognition.symbols.reading import Symbol, read

Step = Callable[[Gray], Gray]
_UPSCALE_BELOW = 4_500_000
"""px; a larger picture gains nothing from being doubled and costs four times the time."""


def _morphology(operation: int, width: int, height: int) -> Step:
    kernel = np.ones((height, width), np.uint8)
    return lambda gray: np.asarray(cv2.morphologyEx(gray, operation, kernel), np.uint8)


def _sharpen(gray: Gray) -> Gray:
    return np.asarray(cv2.addWeighted(gray, 4.0, cv2.GaussianBlur(gray, (0, 0), 2), -3.0, 0), np.uint8)


def _binarise(gray: Gray) -> Gray:
    mean, dark = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY
    return np.asarray(cv2.adaptiveThreshold(gray, 255, mean, dark, 51, 10), np.uint8)


def _double(gray: Gray) -> Gray:
    return np.asarray(cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)


COMMON: tuple[Step, ...] = (
    _morphology(cv2.MORPH_CLOSE, 3, 1),
    _morphology(cv2.MORPH_OPEN, 3, 1),
    _sharpen,
    _binarise,
)
RARE: tuple[Step, ...] = (
    _morphology(cv2.MORPH_DILATE, 3, 3),
    _morphology(cv2.MORPH_OPEN, 5, 1),
    _morphology(cv2.MORPH_CLOSE, 5, 1),
    _morphology(cv2.MORPH_OPEN, 1, 3),
    _morphology(cv2.MORPH_CLOSE, 1, 3),
    lambda gray: np.asarray(cv2.GaussianBlur(gray, (0, 0), 1.5), np.uint8),
    lambda gray: np.asarray(cv2.medianBlur(gray, 3), np.uint8),
    _morphology(cv2.MORPH_ERODE, 3, 3),
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a page may be tried, in s of CPU: a picture full of false finders costs each step a quarter of one."""

    until: float

    @classmethod
    def of(cls, seconds: float) -> "Patience":
        """From now on."""
        return cls(time.process_time() + seconds)

    @property
    def is_over(self) -> bool:
        """True where the reader should give up."""
        return time.process_time() > self.until


def read_patiently(
    gray: Gray, steps: Iterable[Step], wanted: Callable[[str], bool], patience: Patience
) -> list[Symbol]:
    """Symbols of the first step that yields a wanted text, else none; none where the patience is over."""
    for step in steps:
        if patience.is_over:
            break
        found = read(step(gray))
        if any(symbol.text is not None and wanted(symbol.text) for symbol in found):
            return found
    return []


def read_large(gray: Gray) -> list[Symbol]:
    """The last and dearest reading: all that the decoder itself can try, then a doubled copy of a small picture."""
    found = read(gray, thorough=True)
    if found or gray.size > _UPSCALE_BELOW:
        return found
    return [symbol.scaled(0.5, 0.5) for symbol in read(_double(gray))]
