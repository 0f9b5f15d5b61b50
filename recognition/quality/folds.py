"""Folded and torn corners: a straight slanting edge from one side of the sheet to the other around a corner."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.files.turn import Gray
from recognition.geometry.placement import Box, Placement, Points
from recognition.squares.find import Tones

Shorts = NDArray[np.int16]
_LOOK_PX_PER_MM = 2.0
_REACH_MM = 62.0
"""A fold that takes more of a side is seen by what it hides."""
_LEAST_LEG_MM = 9.0
"""A dog ear smaller than this hides nothing that a form prints."""
_SLANT_DEG = (14.0, 76.0)
"""Print, rules and the sheet's own edges lie along the sheet, skewed by a few degrees at most."""
_EDGE, _EDGE_LEVELS = 0.008, 1.6
"""Of the step from paper to ink, over half a millimetre. A white lid is 8 to 15 levels lighter than a sheet's back, and
blur spreads that over four pixels; a shadow is far stronger, noise after the averaging is 0.3 levels."""
_SOBEL = 8.0
"""A step of one level a px makes so much of a Sobel's sum."""
_LEAST_SLANT = 0.24
"""Of a gradient at 14 degrees, the smaller part."""
_BIN_DEG, _BIN_MM, _SPREAD, _TRIED = 2.0, 1.0, 4, 3
_MOST_POINTS = 1000
_VOTERS = 300
"""Of the thousands of edge points of a symbol or of text a part tells as much."""
_LEAST_VOTES_PART = 0.45
_WHOLE = 0.8
"""Of the way from side to side along which the edge is seen; what is under the flap's own shadow may be lost."""
_OUT_MM = 3.0
"""Near its ends, at the sheet's own edge, a line is not seen."""
_CORNERS = {"top_left": (0, 0), "top_right": (1, 0), "bottom_right": (1, 1), "bottom_left": (0, 1)}


@dataclass(frozen=True, slots=True)
class Fold:
    """`across_mm` and `down_mm` of the sheet's sides that the triangle takes; `box_mm` the box around it."""

    corner: str
    across_mm: float
    down_mm: float
    box_mm: Box

    def hides(self, box: Box, paper: tuple[float, float]) -> bool:
        """True where the triangle and the flap that mirrors it over the fold reach into a box of the sheet."""
        right, low = _CORNERS[self.corner]
        x, y, width, height = box
        near_x = max(0.0, paper[0] - x - width) if right else max(0.0, x)
        near_y = max(0.0, paper[1] - y - height) if low else max(0.0, y)
        if near_x / self.across_mm + near_y / self.down_mm < 1:
            return True
        a, b = self.across_mm, self.down_mm
        scale = 2 * a * b / (a * a + b * b)
        tip = np.array((b * scale, a * scale))
        far = np.array((near_x + width, near_y + height))
        low_corner = np.array((near_x, near_y))
        return bool((tip > low_corner + 1).all() and (tip < far + tip).all() and _in_flap(low_corner, far, a, b, tip))


def _in_flap(low: Points, far: Points, a: float, b: float, tip: Points) -> bool:
    """Whether any of a grid of points of the box lies in the flap's triangle."""
    across, down = np.meshgrid(np.linspace(low[0], far[0], 12), np.linspace(low[1], far[1], 12))
    points = np.column_stack((across.ravel(), down.ravel()))
    triangle = (np.array((a, 0.0)), np.array((0.0, b)), tip)
    signs = []
    for start, end in zip(triangle, (*triangle[1:], triangle[0]), strict=True):
        edge = end - start
        signs.append(np.sign(edge[0] * (points[:, 1] - start[1]) - edge[1] * (points[:, 0] - start[0])))
    return bool((abs(np.sum(signs, axis=0)) == 3).any())


@dataclass(frozen=True, slots=True)
class _Patch:
    """A corner of the sheet, small, turned so that the sheet's corner is at its top left, its x along the top.

    `to_mm` (2 x 3): px of it to mm from the corner along both sides, and back.
    """

    gray: Gray
    to_mm: Points
    from_mm: Points


def folds(gray: Gray, placement: Placement, paper: tuple[float, float], tones: Tones) -> list[Fold]:
    """The corners of a placed page that are folded over or gone."""
    least = max(_EDGE * (tones.paper - tones.ink), _EDGE_LEVELS)
    found = []
    for corner, (right, low) in _CORNERS.items():
        patch = _patch(gray, placement, paper, (right, low))
        fold = None if patch is None else _fold(patch, least)
        if fold is not None:
            across, down = fold
            box = (paper[0] - across if right else 0.0, paper[1] - down if low else 0.0, across, down)
            found.append(Fold(corner, across, down, box))
    return found


def _patch(gray: Gray, placement: Placement, paper: tuple[float, float], corner: tuple[int, int]) -> _Patch | None:
    """The corner over _REACH_MM, as far as it is in the picture."""
    right, low = corner
    sign = np.array((-1.0 if right else 1.0, -1.0 if low else 1.0))
    origin = np.array((paper[0] if right else 0.0, paper[1] if low else 0.0))
    local = np.array([(0.0, 0.0), (_REACH_MM, 0.0), (0.0, _REACH_MM)])
    there = placement.to_px(origin + local * sign)
    factor = max(1, round(placement.px_per_mm((paper[0] / 2, paper[1] / 2)) / _LOOK_PX_PER_MM))
    (x0, y0), (x1, y1) = np.floor(there.min(axis=0)).astype(int), np.ceil(there.max(axis=0)).astype(int)
    x0, y0, x1, y1 = max(0, int(x0)), max(0, int(y0)), min(gray.shape[1], int(x1)), min(gray.shape[0], int(y1))
    width, height = (x1 - x0) // factor, (y1 - y0) // factor
    if min(width, height) < _REACH_MM * _LOOK_PX_PER_MM / 2:
        return None
    part = gray[y0 : y0 + height * factor, x0 : x0 + width * factor]
    small = np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    return _upright(small, (there - (x0, y0)) / factor, local)


def _upright(small: Gray, there: Points, local: Points) -> _Patch:
    """Turned by quarters and mirrored, without resampling; the skew that is left is in the maps."""
    height, width = small.shape
    if abs(there[1, 1] - there[0, 1]) > abs(there[1, 0] - there[0, 0]):
        small, there, (height, width) = small.T, there[:, ::-1], (width, height)
    if there[1, 0] < there[0, 0]:
        small, there = small[:, ::-1], np.column_stack((width - there[:, 0], there[:, 1]))
    if there[2, 1] < there[0, 1]:
        small, there = small[::-1], np.column_stack((there[:, 0], height - there[:, 1]))
    to_mm = cv2.getAffineTransform(there.astype(np.float32), local.astype(np.float32))
    from_mm = cv2.getAffineTransform(local.astype(np.float32), there.astype(np.float32))
    return _Patch(np.ascontiguousarray(small), np.asarray(to_mm), np.asarray(from_mm))


def _fold(patch: _Patch, least: float) -> tuple[float, float] | None:
    """How much of the side across and of the side down the fold takes, mm."""
    smooth = cv2.blur(patch.gray, (3, 3))
    dx, dy = (np.asarray(cv2.Sobel(smooth, cv2.CV_16S, 1 - down, down), np.int16) for down in (0, 1))
    # Around this corner a fold falls from upper right to lower left: its gradient has both parts of one sign.
    weaker = cv2.min(cv2.convertScaleAbs(dx), cv2.convertScaleAbs(dy))
    slanting = np.asarray(weaker > min(254.0, _LEAST_SLANT * _SOBEL * least), np.uint8)
    y, x = np.nonzero(slanting & ((dx ^ dy) >= 0))
    if len(x) < _LEAST_LEG_MM * _LOOK_PX_PER_MM:
        return None
    if len(x) > _MOST_POINTS:
        every = len(x) // _MOST_POINTS + 1
        y, x = y[::every], x[::every]
    gradient = np.column_stack((np.abs(dx[y, x]), np.abs(dy[y, x]))).astype(np.float64) / _SOBEL
    strong = np.hypot(*gradient.T) > least
    points = np.column_stack((x, y))[strong] + 0.5
    mm = points @ patch.to_mm[:, :2].T + patch.to_mm[:, 2]
    for normal, away in _peaks(mm, np.degrees(np.arctan2(gradient[strong, 1], gradient[strong, 0]))):
        across, leg = away / np.cos(np.radians(normal)), away / np.sin(np.radians(normal))
        if min(across, leg) < _LEAST_LEG_MM or max(across, leg) > _REACH_MM:
            continue
        if _seen_along(patch, dx, dy, float(across), float(leg), least):
            return float(across), float(leg)
    return None


def _peaks(mm: Points, angle: NDArray[np.float64]) -> Iterator[tuple[float, float]]:
    """Lines (angle of the normal in degrees, distance from the corner in mm) on which most edge points agree.

    Each point votes for the lines near its own gradient (Ballard 1981).
    """
    rows, columns = int(90 / _BIN_DEG), int(_REACH_MM / _BIN_MM)
    every = max(1, len(mm) // _VOTERS)
    mm, angle = mm[::every], angle[::every]
    row = (angle / _BIN_DEG).astype(np.intp)[:, None] + np.arange(-_SPREAD, _SPREAD + 1)
    normal = np.radians((row + 0.5) * _BIN_DEG)
    column = ((np.cos(normal) * mm[:, :1] + np.sin(normal) * mm[:, 1:]) / _BIN_MM).astype(np.intp)
    ok = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    votes = np.bincount(row[ok] * columns + column[ok], minlength=rows * columns).reshape(rows, columns) * every
    votes[: int(_SLANT_DEG[0] / _BIN_DEG)] = 0
    votes[int(_SLANT_DEG[1] / _BIN_DEG) :] = 0
    for _ in range(_TRIED):
        peak, at = np.unravel_index(int(votes.argmax()), votes.shape)
        normal, away = float((peak + 0.5) * _BIN_DEG), (float(at) + 0.5) * _BIN_MM
        length = away / np.cos(np.radians(normal)) / np.sin(np.radians(normal))
        if votes[peak, at] < _LEAST_VOTES_PART * length * _LOOK_PX_PER_MM:
            return
        yield normal, away
        votes[max(0, peak - 2) : peak + 3, max(0, at - 2) : at + 3] = 0


def _seen_along(patch: _Patch, dx: Shorts, dy: Shorts, across: float, down: float, least: float) -> bool:
    """Whether the edge goes from side to side, all along from light to dark or all along from dark to light."""
    length = float(np.hypot(across, down))
    normal = np.array((down, across)) / length
    part = np.arange(_OUT_MM / length, 1 - _OUT_MM / length, 0.5 / length)
    if len(part) < 8:
        return False
    line = np.column_stack((across * (1 - part), down * part))
    signed = []
    for off in np.arange(-1.5, 1.6, 0.5):
        px = (line + off * normal) @ patch.from_mm[:, :2].T + patch.from_mm[:, 2]
        x, y = (px[:, axis].astype(np.intp).clip(0, dx.shape[1 - axis] - 1) for axis in (0, 1))
        signed.append((dx[y, x] * normal[0] + dy[y, x] * normal[1]) / _SOBEL)
    rising, falling = np.max(signed, axis=0) > least, np.min(signed, axis=0) < -least
    return max(float(rising.mean()), float(falling.mean())) >= _WHOLE
