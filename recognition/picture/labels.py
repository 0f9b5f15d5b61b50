"""Short texts beside what they speak of, never over it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from recognition.files.turn import Gray
from recognition.geometry.placement import Box
from recognition.picture.canvas import Colour

_FONT = Path(__file__).with_name("DejaVuSans-Bold-subset.ttf")
TEXT_PX = 34
"""At 900 px of a phone's screen width this is 10 points and more."""
_PAD_PX = 11
_GAP_PX = 16
_MOST_LINES = 3
_WIDEST = 0.62
"""Of the picture: a longer text is broken into lines."""
_LONGEST = 120
_WHITE = (255, 255, 255)
_DARK = 140
_FAULT_WEIGHT, _TAKEN_WEIGHT, _INK_WEIGHT = 1000.0, 20.0, 0.05
"""A label never lies on a fault, hardly on another mark, and keeps off print where a free spot is near: 100 dark px
weigh as much as 5 px of distance."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text broken into lines, and the size of its plate in px."""

    lines: tuple[str, ...]
    width: float
    height: float


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), TEXT_PX)


def label(text: str, picture_width: float) -> Label:
    """Breaks a text so that it fits the picture; what is too long even so ends in an ellipsis."""
    widest = picture_width * _WIDEST - 2 * _PAD_PX
    lines = _broken(" ".join(text[:_LONGEST].split()), widest)
    width = max(_font().getlength(line) for line in lines)
    return Label(tuple(lines), width + 2 * _PAD_PX, len(lines) * TEXT_PX * 1.2 + 2 * _PAD_PX * 0.8)


def _broken(text: str, widest: float) -> list[str]:
    lines: list[str] = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if _font().getlength(longer) <= widest or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1] + "…"]
    return [_shortened(line, widest) for line in lines]


def _shortened(line: str, widest: float) -> str:
    while _font().getlength(line) > widest and len(line) > 2:
        line = line[:-2] + "…"
    return line


class Ink:
    """How much of any box of the picture is dark: labels rather lie on white paper than on print."""

    def __init__(self, gray: Gray) -> None:
        dark = (gray < _DARK).astype(np.uint8)
        self._sums = cv2.integral(dark)

    def under(self, box: Box) -> float:
        """Dark px under a box."""
        height, width = self._sums.shape[0] - 1, self._sums.shape[1] - 1
        left, right = (min(max(0, round(x)), width) for x in (box[0], box[0] + box[2]))
        top, bottom = (min(max(0, round(y)), height) for y in (box[1], box[1] + box[3]))
        sums = self._sums
        return float(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])


def place_beside(size: Label, fault: Box, picture: tuple[int, int], taken: Sequence[Box], ink: Ink) -> Box:
    """Where a label goes: beside its fault, in the picture, over as little as possible of what is taken or printed.

    The fault itself is never covered while there is room anywhere else.
    """
    best: tuple[float, Box] | None = None
    for far, (x, y) in _spots(size, fault, picture):
        spot = (x, y, size.width, size.height)
        covered = _FAULT_WEIGHT * overlap(spot, fault) + _TAKEN_WEIGHT * sum(overlap(spot, other) for other in taken)
        cost = covered + _INK_WEIGHT * ink.under(spot) + far
        if best is None or cost < best[0]:
            best = cost, spot
    return best[1] if best else (0.0, 0.0, size.width, size.height)


def _spots(size: Label, fault: Box, picture: tuple[int, int]) -> Iterable[tuple[float, tuple[float, float]]]:
    """Places around a fault with their distance, nearest first."""
    x, y, width, height = fault
    middle_x, middle_y = x + width / 2, y + height / 2
    most_x, most_y = picture[0] - size.width - 4, picture[1] - size.height - 4
    for gap in (_GAP_PX, 2 * _GAP_PX, 4 * _GAP_PX, 8 * _GAP_PX, 16 * _GAP_PX):
        for raw in (
            (x + width + gap, middle_y - size.height / 2),
            (x - size.width - gap, middle_y - size.height / 2),
            (x + width + gap, y),
            (x - size.width - gap, y),
            (middle_x - size.width / 2, y + height + gap),
            (middle_x - size.width / 2, y - size.height - gap),
            (x, y + height + gap),
            (x + width - size.width, y + height + gap),
            (x, y - size.height - gap),
            (x + width - size.width, y - size.height - gap),
        ):
            yield float(gap), (min(max(4.0, raw[0]), most_x), min(max(4.0, raw[1]), most_y))


def overlap(a: Box, b: Box) -> float:
    """Area that two boxes share."""
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0.0, across) * max(0.0, down)


def write(image: Image.Image, size: Label, spot: Box, colour: Colour, *, edge: bool = True) -> None:
    """White text on a plate of the given colour."""
    pen = ImageDraw.Draw(image)
    x, y, width, height = spot
    outline = _WHITE if edge else colour
    pen.rounded_rectangle((x, y, x + width, y + height), radius=10, fill=colour, outline=outline, width=2)
    for number, line in enumerate(size.lines):
        pen.text((x + _PAD_PX, y + _PAD_PX * 0.8 + number * TEXT_PX * 1.2), line, fill=_WHITE, font=_font())
