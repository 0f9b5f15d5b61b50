"""Skeletons of hand-drawn characters: strokes through points of a unit square, y downwards."""

import numpy as np
from numpy.typing import NDArray

Stroke = NDArray[np.float64]
"""Points × (x, y)."""

_DRAWN = (
    "50 20 02 06 18 58 96 92 70 30 50",  # nought
    "25 60 69",
    "02 10 50 93 86 44 09 99",
    "00 50 92 54 34 54 96 59 09",
    "60 06 96 / 72 79",
    "90 10 04 54 97 69 09",
    "80 31 07 39 88 74 35 08",
    "00 90 39",
    "54 11 50 91 54 07 39 79 97 54",
    "94 54 12 40 91 85 49",
    "09 50 99 / 26 76",
    "00 09 / 00 80",
    "00 09 90 99",
    "00 09 / 90 99 / 05 95",
    "09 00 90 99",
    "09 00 70 83 64 05",
    "91 40 04 39 98",
    "00 90 / 50 59",
    "00 45 90 / 45 19",
    "00 99 / 90 09",
    "90 10 04 95 / 90 99 / 45 09",
    "00 09 70 / 35 79",
)


def _strokes(drawn: str) -> list[Stroke]:
    return [
        np.array([(int(point[0]) / 9, int(point[1]) / 9) for point in stroke.split()], dtype=np.float64)
        for stroke in drawn.split("/")
    ]


GLYPHS: tuple[list[Stroke], ...] = tuple(_strokes(drawn) for drawn in _DRAWN)


def smooth(stroke: Stroke, rounds: int = 2) -> Stroke:
    """The stroke with its corners cut, as a hand draws it (Chaikin's subdivision); the ends stay."""
    for _ in range(rounds):
        near, far = stroke[:-1] * 0.75 + stroke[1:] * 0.25, stroke[:-1] * 0.25 + stroke[1:] * 0.75
        cut = np.stack([near, far], axis=1).reshape(-1, 2)
        stroke = np.vstack([stroke[:1], cut, stroke[-1:]])
    return stroke
