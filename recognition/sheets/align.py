"""Lays one flat page on another by what is printed on both: no two passes of a scanner stretch a sheet alike."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.files.turn import Gray
from recognition.sheets.flat import PX_PER_MM

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """One round of matching blocks; all measures in mm."""

    px_per_mm: float
    block: float
    pitch: float
    reach: float


_WIDE = Step(px_per_mm=1.0, block=60.0, pitch=25.0, reach=20.0)
"""For a page of which no symbol or square tells the place, and for a camera's perspective."""
_FAR = Step(px_per_mm=2.0, block=24.0, pitch=14.0, reach=4.5)
_NEAR = Step(px_per_mm=3.0, block=16.0, pitch=9.0, reach=1.7)
_LEAST_PEAK, _SAY = 0.5, 6
"""Correlation of a block with its like, and to which power it counts: like print has 0.9 and more, also in poor scans,
writing that happens to lie on another sheet's lines 0.5."""
_LEAST_TEXTURE = 6.0
"""Standard deviation of ink in a block; bare paper with a scanner's noise has 3."""
_EASY, _STRICT = 3, 5
"""Rounds of fitting."""
_NODE_PX = 30
"""5 mm: the field bends less than that."""
_TUKEY_MM = 0.5
_LOCAL_MM = 6.0
"""A feed's rollers make waves of some centimetres."""
_AROUND_MM, _LIKE_AROUND_MM = 24.0, 0.35
"""Paper moves together: a block that is shifted otherwise than most around it lies on unlike writing."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Matched blocks: middles in mm, shifts in mm, and how sharply the peak fixes each shift (x, y)."""

    at: Values
    shift: Values
    weight: Values


@dataclass(frozen=True, slots=True)
class Field:
    """Where each point of the first page lies on the second: a polynomial, and what it leaves near each block."""

    coefficients: Values
    order: int
    blocks: Blocks | None = None
    left: Values | None = None

    def shift(self, at: Values) -> Values:
        """Shifts in mm at points in mm, n × 2."""
        smooth = _terms(at, self.order) @ self.coefficients
        if self.blocks is None or self.left is None:
            return np.asarray(smooth, np.float64)
        return np.asarray(smooth + _local(at, self.blocks, self.left), np.float64)


def align(first: Gray, second: Gray, *, widely: bool = False) -> Field:
    """The field from the first page to the second; `widely` where their placements may be centimetres apart."""
    start = _fitted(_matched(first, second, _WIDE), 2, tukey_mm=6.0) if widely else None
    far = _fitted(_after(first, second, _FAR, start), 2 if widely else 1, tukey_mm=1.5, start=start)
    blocks = _after(first, second, _NEAR, far)
    near = _fitted(blocks, 2, tukey_mm=_TUKEY_MM, start=far)
    return Field(near.coefficients, 2, blocks, _left(blocks, near))


def _after(first: Gray, second: Gray, step: Step, start: Field | None) -> Blocks:
    """Blocks matched on the second page as the field so far lays it; their shifts are whole ones."""
    if start is None:
        return _matched(first, second, step)
    blocks = _matched(first, moved(start, second)[0], step)
    return Blocks(blocks.at, blocks.shift + start.shift(blocks.at), blocks.weight)


def moved(field: Field, *layers: Gray) -> list[Gray]:
    """Layers of the second page, drawn anew so that each point lies where the field's first page has it."""
    height, width = layers[0].shape
    rows, columns = np.mgrid[0 : height + _NODE_PX : _NODE_PX, 0 : width + _NODE_PX : _NODE_PX]
    at = np.column_stack([(columns.ravel() + 0.5) / PX_PER_MM, (rows.ravel() + 0.5) / PX_PER_MM])
    shift = field.shift(at).reshape(*rows.shape, 2).astype(np.float32) * np.float32(PX_PER_MM)
    # Node (i, j) stands exactly on px (_NODE_PX i, _NODE_PX j): enlarged by an affine map, not by `resize`.
    grow = np.array([(_NODE_PX, 0, 0), (0, _NODE_PX, 0)], np.float32)
    fine = cv2.warpAffine(shift, grow, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    x = fine[..., 0] + np.arange(width, dtype=np.float32)
    y = fine[..., 1] + np.arange(height, dtype=np.float32)[:, None]
    return [np.asarray(cv2.remap(layer, x, y, cv2.INTER_LINEAR, borderValue=(0,)), np.uint8) for layer in layers]


def _matched(first: Gray, second: Gray, step: Step) -> Blocks:
    """Every block of the first page that has texture, looked for on the second near its own place."""
    scale = step.px_per_mm / PX_PER_MM
    one, other = (cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) for ink in (first, second))
    size, reach = round(step.block * step.px_per_mm), round(step.reach * step.px_per_mm)
    other = cv2.copyMakeBorder(other, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0)
    found: list[tuple[float, ...]] = []
    pitch = step.pitch * step.px_per_mm
    for y in np.arange(0, one.shape[0] - size + 1, pitch).round().astype(int):
        for x in np.arange(0, one.shape[1] - size + 1, pitch).round().astype(int):
            block = one[y : y + size, x : x + size]
            if block.std() < _LEAST_TEXTURE:
                continue
            window = other[y : y + size + 2 * reach, x : x + size + 2 * reach]
            peak = _peak(np.asarray(cv2.matchTemplate(window, block, cv2.TM_CCOEFF_NORMED), np.float32))
            if peak is not None:
                found.append((x + size / 2, y + size / 2, peak[0] - reach, peak[1] - reach, peak[2], peak[3]))
    table = np.array(found, np.float64).reshape(-1, 6)
    return Blocks(table[:, :2] / step.px_per_mm, table[:, 2:4] / step.px_per_mm, table[:, 4:])


def _peak(likeness: NDArray[np.float32]) -> tuple[float, float, float, float] | None:
    """The best place to a part of a px, and how sharp it is across and down; None on the rim or where it is low."""
    _, best, _, (x, y) = cv2.minMaxLoc(likeness)
    if best < _LEAST_PEAK or not (0 < x < likeness.shape[1] - 1 and 0 < y < likeness.shape[0] - 1):
        return None
    across = likeness[y, x - 1 : x + 2].astype(np.float64)
    down = likeness[y - 1 : y + 2, x].astype(np.float64)
    (dx, wx), (dy, wy) = _vertex(across), _vertex(down)
    return x + dx, y + dy, wx * best**_SAY, wy * best**_SAY


def _vertex(three: Values) -> tuple[float, float]:
    """The top of the parabola through three values, and how steeply it falls."""
    bend = float(2 * three[1] - three[0] - three[2])
    if bend <= 1e-6:
        return 0.0, 0.0
    return float(np.clip((three[2] - three[0]) / (2 * bend), -0.5, 0.5)), bend


def _terms(at: Values, order: int) -> Values:
    x, y = at[:, 0] / 100 - 1, at[:, 1] / 100 - 1.5
    terms = [np.ones_like(x), x, y] if order else [np.ones_like(x)]
    if order > 1:
        terms += [x * y, x * x, y * y]
    return np.column_stack(terms)


def _fitted(blocks: Blocks, order: int, *, tukey_mm: float, start: Field | None = None) -> Field:
    """The polynomial for most of the blocks; zero along an axis of which too few know anything."""
    terms = _terms(blocks.at, order)
    expected = _middles(blocks) if start is None else start.shift(blocks.at)
    solved = [
        _solved(terms, shift, weight, tukey_mm, first)
        for shift, weight, first in zip(blocks.shift.T, blocks.weight.T, expected.T, strict=True)
    ]
    return Field(np.column_stack(solved), order)


def _solved(terms: Values, shift: Values, weight: Values, tukey_mm: float, expected: Values) -> Values:
    """Robust least squares: blocks that disagree with the rest lose their say (Tukey's biweight), later the sooner."""
    solved: Values = np.zeros(terms.shape[1])
    if np.count_nonzero(weight) < 2 * terms.shape[1]:
        return solved
    for width in (*(3 * tukey_mm,) * _EASY, *(tukey_mm,) * _STRICT):
        off = np.abs(shift - expected) / width
        trust = np.sqrt(weight * np.where(off < 1, (1 - off**2) ** 2, 0) + 1e-9)
        solved = np.asarray(np.linalg.lstsq(terms * trust[:, None], shift * trust, rcond=None)[0], np.float64)
        expected = terms @ solved
    return solved


def _middles(blocks: Blocks) -> Values:
    """The weighted median of all shifts, for each block."""
    middles = [_middle(shift, weight) for shift, weight in zip(blocks.shift.T, blocks.weight.T, strict=True)]
    return np.tile(np.array(middles), (len(blocks.at), 1))


def _middle(values: Values, weight: Values) -> float:
    order = np.argsort(values)
    part = np.cumsum(weight[order])
    return float(values[order][np.searchsorted(part, part[-1] / 2)]) if len(values) and part[-1] > 0 else 0.0


def _left(blocks: Blocks, field: Field) -> Values:
    """What the polynomial leaves at each block; NaN where the blocks around it say otherwise."""
    left = blocks.shift - field.shift(blocks.at)
    apart = ((blocks.at[:, None, :] - blocks.at[None]) ** 2).sum(axis=2)
    around = np.where((apart < _AROUND_MM**2)[:, :, None], left[None], np.nan)
    return np.where(np.abs(left - np.nanmedian(around, axis=1)) < _LIKE_AROUND_MM, left, np.nan)


def _local(at: Values, blocks: Blocks, left: Values) -> Values:
    """The left-overs of blocks nearby, weighted; far from all blocks nothing."""
    shift = np.zeros((len(at), 2))
    apart = ((at[:, None, :] - blocks.at[None]) ** 2).sum(axis=2)
    near = np.exp(-apart / (2 * _LOCAL_MM**2))
    for axis in (0, 1):
        known = np.isfinite(left[:, axis])
        weight = near[:, known] * blocks.weight[known, axis]
        shift[:, axis] = (weight @ left[known, axis]) / (weight.sum(axis=1) + 0.05)
    return shift
