"""Masks of a flat page: true where something is."""

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.files.turn import Gray
from recognition.sheets.flat import PX_PER_MM, Floats

Mask = NDArray[np.bool_]


def mm2(mask: Mask) -> float:
    """How much of the page the mask covers."""
    return int(np.count_nonzero(mask)) / (PX_PER_MM * PX_PER_MM)


def disc(across: int) -> Gray:
    """A round kernel so many px across."""
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across)), np.uint8)


def grown(mask: Mask, kernel: Gray) -> Mask:
    """The mask and what the kernel reaches from it."""
    return np.asarray(cv2.dilate(mask.view(np.uint8), kernel), np.uint8).view(np.bool_)


def coarse(mask: Mask, cell_px: int) -> Floats:
    """The part of each cell that the mask covers."""
    size = mask.shape[1] // cell_px, mask.shape[0] // cell_px
    return np.asarray(cv2.resize(mask.view(np.uint8) * np.float32(1), size, interpolation=cv2.INTER_AREA), np.float32)
