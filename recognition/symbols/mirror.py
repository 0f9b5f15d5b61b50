"""Is a symbol seen from behind? The decoder reads it either way and does not tell.

The fifteen format bits stand beside the top left finder once along a row and once along a column (ISO/IEC 18004, 7.9);
seen from behind the two change places.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.files.turn import Gray
from recognition.geometry.placement import Points
from recognition.symbols.encoding import Variant

_LEVELS = {"L": 1, "M": 0, "Q": 3, "H": 2}
_GENERATOR = 0b10100110111
_MASK = 0b101010000010010
_ROW = [(8, column) for column in (0, 1, 2, 3, 4, 5, 7)]
_COLUMN = [(row, 8) for row in (8, 7, 5, 4, 3, 2, 1, 0)]
"""Row and column of the modules that hold bits 14 down to 0."""


def format_bits(level: str, mask: int) -> int:
    """The fifteen bits that a symbol of this correction level and data mask carries."""
    data = _LEVELS[level] << 3 | mask
    rest = data << 10
    for shift in range(4, -1, -1):
        if rest & 1 << (shift + 10):
            rest ^= _GENERATOR << shift
    return (data << 10 | rest) ^ _MASK


def format_places(modules: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Row and column of bits 14 down to 0, all of them along a row, and once more along a column."""
    row = [*_ROW, *((8, modules - 8 + at) for at in range(8))]
    column = [*((modules - 1 - at, 8) for at in range(7)), *_COLUMN]
    return row, column


def is_mirrored(gray: Gray, quad: Points, variant: Variant) -> bool:
    """True where the format bits fit better with row and column exchanged. `quad`: corners as for an upright symbol."""
    modules, bits = variant.modules, format_bits(variant.level, variant.mask)
    wanted = np.array([bits >> at & 1 for at in range(14, -1, -1)], np.bool_)
    places = _ROW + _COLUMN
    straight = _dark_at(gray, quad, modules, places)
    behind = _dark_at(gray, quad, modules, [(column, row) for row, column in places])
    return int((straight != wanted).sum()) > int((behind != wanted).sum())


def _dark_at(gray: Gray, quad: Points, modules: int, places: list[tuple[int, int]]) -> NDArray[np.bool_]:
    side = float(modules)
    own = np.array([(0, 0), (side, 0), (side, side), (0, side)], np.float32)
    matrix = cv2.getPerspectiveTransform(own, quad.astype(np.float32))
    middles = np.array([[(column + 0.5, row + 0.5) for row, column in places]], np.float64)
    seen = np.nan_to_num(cv2.perspectiveTransform(middles, matrix)[0])
    x = np.clip(seen[:, 0].astype(np.intp), 0, gray.shape[1] - 1)
    y = np.clip(seen[:, 1].astype(np.intp), 0, gray.shape[0] - 1)
    values = gray[y, x].astype(np.float64)
    return np.asarray(values < (values.min() + values.max()) / 2, np.bool_)
