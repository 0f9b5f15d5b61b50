"""Two people who write the same words into the same cells: the hardest pair to tell apart."""

import cv2
import numpy as np

from recognition.simulator.glyphs import GLYPHS, smooth
from tests.recognition.drawn import PAPER_DPI, PRACTICE, Paper, printed

_PX = PAPER_DPI / 25.4


def written(writer: int, *, cells: int, words: int = 7) -> Paper:
    """An answer sheet whose first cells are filled: `words` is what is written, `writer` whose hand it is."""
    text, hand = np.random.default_rng(words), np.random.default_rng([writer, 1])
    gray = printed().gray.copy()
    width, slant, size = hand.uniform(0.35, 0.55), hand.uniform(-0.1, 0.3), hand.uniform(0.6, 0.75)
    for x, y, wide, high in PRACTICE.kind_of(1).fields[:cells]:
        tall = high * size
        corner = x + wide * 0.25 + hand.normal(0, 0.25), y + (high - tall) / 2 + hand.normal(0, 0.3)
        for stroke in GLYPHS[int(text.integers(len(GLYPHS)))]:
            shaken = stroke + hand.normal(0, 0.04, stroke.shape)
            shaken[:, 0] += (0.5 - shaken[:, 1]) * slant
            path = (smooth(shaken) * (wide * 0.5, tall) + corner) * _PX
            points = [np.rint(path * 16).astype(np.int32)]
            cv2.polylines(gray, points, False, (40,), round(width * _PX), cv2.LINE_AA, shift=4)
    return Paper(PRACTICE, gray)
