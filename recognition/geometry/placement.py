"""Where the upright page of the form lies in the picture: mm to px."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""n x 2."""
_LEAST_STRENGTH = 0.02
"""Smallest to largest singular value: six squares of a sheet have 0.2, four of them with three in line 0."""
Box = tuple[float, float, float, float]


def corners(box: Box) -> Points:
    """Top left, top right, bottom right, bottom left of a box."""
    x, y, width, height = box
    return np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], np.float64)


def bounds(points: Points) -> Box:
    """The upright box around points."""
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return float(x0), float(y0), float(x1 - x0), float(y1 - y0)


def meet(a: Box, b: Box, slack: float = 0.0) -> bool:
    """True where two boxes share an area, or lie nearer to each other than `slack`."""
    return all(a[axis] - slack < b[axis] + b[axis + 2] and b[axis] - slack < a[axis] + a[axis + 2] for axis in (0, 1))


@dataclass(frozen=True, slots=True)
class Placement:
    """A homography (3 x 3) from mm of the upright page to px of the picture; mostly affine."""

    matrix: Points

    def to_px(self, points_mm: Points) -> Points:
        """Points of the page in the picture."""
        return _project(self.matrix, points_mm)

    def to_mm(self, points_px: Points) -> Points:
        """Points of the picture on the page."""
        return _project(np.asarray(np.linalg.inv(self.matrix), np.float64), points_px)

    def box_px(self, box_mm: Box) -> Box:
        """The upright box of the picture around a box of the page."""
        return bounds(self.to_px(corners(box_mm)))

    def axes(self, at_mm: tuple[float, float]) -> tuple[Points, Points]:
        """The step in px that one mm of the page's x, and one of its y, makes at a point of the page."""
        here = self.to_px(np.array([at_mm], np.float64))[0]
        x = self.to_px(np.array([(at_mm[0] + 1, at_mm[1])], np.float64))[0]
        y = self.to_px(np.array([(at_mm[0], at_mm[1] + 1)], np.float64))[0]
        return x - here, y - here

    def px_per_mm(self, at_mm: tuple[float, float]) -> float:
        """The mean scale at a point of the page."""
        x, y = self.axes(at_mm)
        return math.sqrt(abs(float(x[0] * y[1] - x[1] * y[0])))

    def scaled(self, x: float, y: float) -> "Placement":
        """The same placement in a picture whose sides are multiplied so."""
        return Placement(np.diag((x, y, 1.0)) @ self.matrix)


def _project(matrix: Points, points: Points) -> Points:
    flat = np.column_stack((points, np.ones(len(points)))) @ matrix.T
    return flat[:, :2] / flat[:, 2:]


def similarity(points_mm: Points, points_px: Points) -> Placement:
    """Least squares turn, one scale and shift (Umeyama 1991, without reflection)."""
    mean_mm, mean_px = points_mm.mean(axis=0), points_px.mean(axis=0)
    a, b = points_mm - mean_mm, points_px - mean_px
    power = float((a * a).sum()) or 1.0
    cosine = float((a * b).sum()) / power
    sine = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / power
    turn = np.array([(cosine, -sine), (sine, cosine)])
    return _affine(turn, mean_px - turn @ mean_mm)


def stretched(points_mm: Points, points_px: Points) -> Placement:
    """Least squares turn, a scale for each direction of the sheet, and shift: what a feed can do to a scan.

    Two symbols do not determine an affine map (they lie on one diagonal), but they do determine this.
    """
    start = similarity(points_mm, points_px)
    x, _ = start.axes((0.0, 0.0))
    first = math.atan2(float(x[1]), float(x[0]))
    steps = np.radians(np.arange(-1.2, 1.21, 0.4))
    trials = [_along_axes(points_mm, points_px, first + step)[0] for step in steps]
    best = min(range(1, len(steps) - 1), key=lambda at: trials[at])
    # What is left unexplained grows with the square of the angle's error: three values tell where it is least.
    before, here, after = trials[best - 1 : best + 2]
    bend = before - 2 * here + after
    off = 0.5 * (before - after) / bend if bend > 0 else 0.0
    return _along_axes(points_mm, points_px, first + steps[best] + float(np.clip(off, -1, 1)) * (steps[1] - steps[0]))[
        1
    ]


def _along_axes(points_mm: Points, points_px: Points, angle: float) -> tuple[float, Placement]:
    """The best two scales and shift for one angle, and what they leave unexplained."""
    turn = np.array([(math.cos(angle), -math.sin(angle)), (math.sin(angle), math.cos(angle))])
    straight = points_px @ turn
    mean_mm, mean_px = points_mm.mean(axis=0), straight.mean(axis=0)
    a, b = points_mm - mean_mm, straight - mean_px
    scales = (a * b).sum(axis=0) / (a * a).sum(axis=0)
    rest = b - a * scales
    matrix = turn @ np.diag(scales)
    return float((rest * rest).sum()), _affine(matrix, turn @ mean_px - matrix @ mean_mm)


def affine(points_mm: Points, points_px: Points) -> Placement:
    """Least squares over all six numbers; needs three points that are not in line."""
    rows = np.column_stack((points_mm, np.ones(len(points_mm))))
    solved, *_ = np.linalg.lstsq(rows, points_px, rcond=None)
    return _affine(np.asarray(solved[:2].T, np.float64), np.asarray(solved[2], np.float64))


def homography(points_mm: Points, points_px: Points) -> Placement | None:
    """Least squares over eight numbers (Hartley and Zisserman, algorithm 4.2, lower right fixed to 1).

    None where the points do not determine it: fewer than four, or all but one of them in line.
    """
    own, seen = _normal(points_mm), _normal(points_px)
    solved, _, _, strengths = np.linalg.lstsq(*_equations(_project(own, points_mm), _project(seen, points_px)))
    if len(strengths) < 8 or strengths[-1] < _LEAST_STRENGTH * strengths[0]:
        return None
    matrix = np.linalg.inv(seen) @ np.append(solved, 1.0).reshape(3, 3) @ own
    return Placement(np.asarray(matrix / matrix[2, 2], np.float64))


def _equations(own: Points, seen: Points) -> tuple[Points, Points]:
    """Two rows a point, for the eight numbers, and what they must come to."""
    zero, one = np.zeros(len(own)), np.ones(len(own))
    x, y = own.T
    rows = [
        np.column_stack(columns)
        for columns in (
            (x, y, one, zero, zero, zero, -seen[:, 0] * x, -seen[:, 0] * y),
            (zero, zero, zero, x, y, one, -seen[:, 1] * x, -seen[:, 1] * y),
        )
    ]
    return np.vstack(rows), seen.T.ravel()


def _normal(points: Points) -> Points:
    """The map that puts points around 0 with a spread of 1: without it the solution drowns in rounding."""
    middle, spread = points.mean(axis=0), float(points.std()) or 1.0
    return np.array([(1 / spread, 0, -middle[0] / spread), (0, 1 / spread, -middle[1] / spread), (0, 0, 1)])


def _affine(turn: Points, shift: Points) -> Placement:
    matrix = np.eye(3)
    matrix[:2, :2], matrix[:2, 2] = turn, shift
    return Placement(matrix)


def residual_mm(placement: Placement, points_mm: Points, points_px: Points) -> float:
    """Root mean square distance between where points are and where the placement puts them, in mm."""
    off = placement.to_mm(points_px) - points_mm
    return math.sqrt(float((off * off).sum(axis=1).mean()))
