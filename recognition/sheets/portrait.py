"""A page upright and small enough to send, with the places outlined that are spoken of."""

from collections.abc import Sequence
from dataclasses import replace

from recognition.geometry.placement import Points
from recognition.picture.annotate import RED, encode
from recognition.picture.canvas import Canvas, grown, image_of

_AROUND_PX = 6.0
_LINE_PX = 5


def portrait(canvas: Canvas, outlines: Sequence[Points] = ()) -> bytes:
    """A JPEG of at most 300 KB; the canvas itself stays as it is. `outlines` in px of the page as it was scanned."""
    drawn = replace(canvas, rgb=canvas.rgb.copy())
    for outline in outlines:
        drawn.outline(grown(drawn.to_canvas(outline), _AROUND_PX), RED, _LINE_PX)
    return encode(image_of(drawn))
