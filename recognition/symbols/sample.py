"""The brightness of each module of a symbol and of the paper around it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.files.turn import Gray
from recognition.geometry.placement import Points
from recognition.geometry.straighten import straightened

Floats = NDArray[np.float32]
STEP = 4
"""px of the straightened copy for a module: at 150 dpi a module of the usual symbol has five."""
_BLACK, _WHITE, _FEW_GREYS = 5, 250, 0.01
RING = 3
"""Modules of paper around the symbol that are looked at; the quiet zone has four, and print may begin right behind."""


@dataclass(frozen=True, slots=True)
class Straight:
    """A symbol and its ring, straightened to STEP px a module. `quad` is where its corners are thought to be,
    `bilevel` whether the picture has no greys there.
    """

    picture: Floats
    means: Floats
    """Mean brightness of every module, ring and all; (modules + 2 RING)²."""
    modules: int
    quad: Points
    bilevel: bool = False


def straighten(gray: Gray, quad: Points, modules: int) -> Straight:
    """`quad`: px at pixel edges, clockwise from the top left. Beyond the picture its edge is repeated."""
    part, low = _part(gray, quad, modules)
    seen = straightened(part, quad - low, modules * STEP, RING * STEP)
    greys = float(cv2.countNonZero(cv2.inRange(part, _BLACK, _WHITE))) / max(1, part.size)
    # Averaging whole blocks is what INTER_AREA does at a whole factor, and it does it natively.
    side = modules + 2 * RING
    means = cv2.resize(seen, (side, side), interpolation=cv2.INTER_AREA)
    return Straight(seen, np.asarray(means, np.float32), modules, quad, greys < _FEW_GREYS)


def _part(gray: Gray, quad: Points, modules: int) -> tuple[Gray, Points]:
    """The part with the symbol and where it begins, softened where a module has far more px than it will have.

    Dots between those that are sampled would be lost.
    """
    margin = RING * float(np.ptp(quad, axis=0).max()) / modules + 2
    low = np.maximum(np.floor(quad.min(axis=0) - margin).astype(int), 0)
    high = np.ceil(quad.max(axis=0) + margin).astype(int)
    part = gray[low[1] : high[1], low[0] : high[0]]
    finer = float(np.linalg.norm(quad[1] - quad[0])) / modules / STEP
    if finer > 1.5 and part.size:
        part = np.asarray(cv2.blur(part, (round(finer), round(finer))), np.uint8)
    return part, low.astype(np.float64)


def ideal(dark: NDArray[np.bool_], ink: float, paper: float) -> Floats:
    """The straightened picture of a symbol as it was meant, a little soft."""
    modules = np.where(np.pad(dark, RING), ink, paper).astype(np.float32)
    return np.asarray(
        cv2.GaussianBlur(np.kron(modules, np.ones((STEP, STEP), np.float32)), (0, 0), STEP / 4), np.float32
    )


def found_nearby(straight: Straight, gray: Gray, wanted: Floats) -> tuple[Straight, float]:
    """The symbol straightened where its own picture fits best within RING modules around, and how well, -1 to 1."""
    inside = np.ascontiguousarray(wanted[RING * STEP : -RING * STEP, RING * STEP : -RING * STEP])
    fits = cv2.matchTemplate(straight.picture, inside, cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(fits)
    by = (np.array((x, y)) / STEP - RING) / straight.modules
    along, down = straight.quad[1] - straight.quad[0], straight.quad[3] - straight.quad[0]
    return straighten(gray, straight.quad + by @ np.array([along, down]), straight.modules), float(best)


def settled(straight: Straight, gray: Gray, wanted: Floats) -> Straight:
    """The symbol straightened again after its corners were moved to where `wanted` (its ideal picture) fits best.

    Readers give corners to a whole pixel. One step of Lucas and Kanade (1981) with an affine displacement.
    """
    picture = straight.picture
    gy, gx = np.gradient(wanted)
    side = len(picture)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side - 0.5
    columns = np.stack([gx, gx * x, gx * y, gy, gy * x, gy * y], axis=-1).reshape(-1, 6)
    off = (picture - wanted).ravel()
    keep = np.abs(off) < 0.5 * float(np.ptp(wanted))
    moved, *_ = np.linalg.lstsq(columns[keep].T @ columns[keep], columns[keep].T @ off[keep], rcond=None)
    return straighten(gray, _moved_corners(straight, np.asarray(moved, np.float64)), straight.modules)


def _moved_corners(straight: Straight, moved: Points) -> Points:
    """What was seen at a point belongs at another: the corners go the other way, in px of the scan."""
    corners = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]) * straight.modules
    corners /= straight.modules + 2 * RING
    by = np.column_stack([moved[at] + corners @ moved[at + 1 : at + 3] for at in (0, 3)]) / (straight.modules * STEP)
    along, down = straight.quad[1] - straight.quad[0], straight.quad[3] - straight.quad[0]
    limit = 1.5 / straight.modules
    return np.asarray(straight.quad - np.clip(by, -limit, limit) @ np.array([along, down]), np.float64)
