"""A page upright and small enough to send, with the ink in red that the other lacks, and its places outlined."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from recognition.geometry.placement import Points
from recognition.picture.annotate import RED, encode
from recognition.picture.canvas import Canvas, grown, image_of

_AROUND_PX = 6.0
_LINE_PX = 3
_NONE: Points = np.zeros((0, 2))


def portrait(canvas: Canvas, outlines: Sequence[Points] = (), ink: Points = _NONE) -> bytes:
    """A JPEG of at most 300 KB; the canvas itself stays as it is.

    `outlines` and the points of `ink` in px of the page as it was scanned.
    """
    drawn = replace(canvas, rgb=canvas.rgb.copy())
    _redden(drawn, ink)
    for outline in outlines:
        drawn.outline(grown(drawn.to_canvas(outline), _AROUND_PX), RED, _LINE_PX)
    return encode(image_of(drawn))


def _redden(drawn: Canvas, ink: Points) -> None:
    """Only the strokes themselves, so that both hands stay legible."""
    height, width = drawn.rgb.shape[:2]
    x, y = np.floor(drawn.to_canvas(ink)).astype(int).T
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    drawn.rgb[y[inside], x[inside]] = RED
