"""A part of the picture laid straight: what stands askew becomes a square of known px."""

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.files.turn import Gray
from recognition.geometry.placement import Points


def straightened(gray: Gray, quad: Points, side: int, around: int) -> NDArray[np.float32]:
    """The quad as `side` px with `around` px of what lies beside it; beyond the picture its edge is repeated.

    `quad`: px at pixel edges, clockwise from the top left.
    """
    low, high, whole = around, around + side, side + 2 * around
    there = np.array([(low, low), (high, low), (high, high), (low, high)], np.float32)
    # Pixel edges to pixel centres on both sides: half a pixel is a tenth of a symbol's module.
    matrix = cv2.getPerspectiveTransform(there - 0.5, quad.astype(np.float32) - 0.5)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpPerspective(gray, matrix, (whole, whole), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float32)
