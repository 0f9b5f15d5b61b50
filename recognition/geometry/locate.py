"""Finds which symbol of the form each read symbol is, and from that where the page lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from recognition.form import SymbolPlace
from recognition.geometry.placement import Placement, Points, affine, corners, residual_mm, similarity, stretched
from recognition.symbols.reading import Symbol

_SAME_PLACE_MM = 25.0
"""A second symbol may lie this far from where the first predicts it: what a camera's perspective does to a sheet."""
_LEAST_INSIDE = 0.55
"""A true placement shows at least so much of the sheet; a symbol that shines through from behind puts it elsewhere."""
_UNEVEN_MM, _UNEVEN_GAIN = 0.08, 0.75
"""Corners are known to 0.1 mm; a feed that stretches by 2 % leaves 0.15 mm, as the line between two symbols turns
against their sides."""
_ONE_SCALE = (0.75, 1.33)


@dataclass(frozen=True, slots=True)
class Located:
    """Where the page lies, by its symbols alone, and which symbol stands at which corner."""

    placement: Placement
    symbols: dict[str, Symbol]


def locate(
    symbols: Sequence[Symbol], places: Sequence[SymbolPlace], paper: tuple[float, float], size: tuple[int, int]
) -> Located | None:
    """The placement that explains most symbols and shows most of the sheet; None where no placement is believable.

    `size` is the width and height of the picture in the px of the symbols' corners.
    """
    best: tuple[float, Located] | None = None
    for symbol, place in product(symbols, places):
        seed = similarity(corners(place.box), symbol.quad)
        inside = _part_inside(seed, paper, size)
        if inside < _LEAST_INSIDE:
            continue
        found = {place.corner: symbol, **_others(seed, symbols, symbol, places, place)}
        score = len(found) + inside
        if best is None or score > best[0]:
            best = score, Located(fit_symbols(found, places), found)
        if len(found) == len(places) > 1:
            break  # all symbols agree: no other reading of them can explain more
    return best[1] if best else None


def fit_symbols(found: dict[str, Symbol], places: Sequence[SymbolPlace]) -> Placement:
    """Over the corners of all symbols found: one scale, or two where one leaves far more unexplained."""
    chosen = [place for place in places if place.corner in found]
    points_mm = np.vstack([corners(place.box) for place in chosen])
    points_px = np.vstack([found[place.corner].quad for place in chosen])
    even = similarity(points_mm, points_px)
    left = residual_mm(even, points_mm, points_px)
    if len(chosen) < 2 or left <= _UNEVEN_MM:
        return even
    uneven = stretched(points_mm, points_px)
    return uneven if residual_mm(uneven, points_mm, points_px) < _UNEVEN_GAIN * left else even


def _others(
    seed: Placement, symbols: Sequence[Symbol], first: Symbol, places: Sequence[SymbolPlace], used: SymbolPlace
) -> dict[str, Symbol]:
    found: dict[str, Symbol] = {}
    for place in places:
        if place is used:
            continue
        middle = corners(place.box).mean(axis=0)
        for symbol in symbols:
            if symbol is first:
                continue
            off = float(np.linalg.norm(seed.to_mm(symbol.quad.mean(axis=0, keepdims=True))[0] - middle))
            if off <= _SAME_PLACE_MM and _same_way_up(seed, symbol, place):
                found[place.corner] = symbol
    return found


def _same_way_up(seed: Placement, symbol: Symbol, place: SymbolPlace) -> bool:
    there = seed.to_mm(symbol.quad)
    own = corners(place.box)
    edge, true = there[1] - there[0], own[1] - own[0]
    along = float(edge @ true) / float(true @ true)
    across = abs(float(edge[0] * true[1] - edge[1] * true[0])) / float(true @ true)
    return _ONE_SCALE[0] < along < _ONE_SCALE[1] and across < 0.3


def _part_inside(placement: Placement, paper: tuple[float, float], size: tuple[int, int]) -> float:
    """The part of the sheet that lies in the picture, by a grid of points on it."""
    seen = placement.to_px(_grid(paper))
    inside = (seen[:, 0] >= 0) & (seen[:, 0] <= size[0]) & (seen[:, 1] >= 0) & (seen[:, 1] <= size[1])
    return float(inside.mean())


@lru_cache(maxsize=8)
def _grid(paper: tuple[float, float]) -> Points:
    across, down = np.meshgrid(np.linspace(0.02, 0.98, 13), np.linspace(0.02, 0.98, 13))
    return np.column_stack((across.ravel() * paper[0], down.ravel() * paper[1]))


def symbols_disagree(found: dict[str, Symbol], places: Sequence[SymbolPlace]) -> tuple[float, float]:
    """How the symbols of one page differ: ratio of the largest to the smallest scale, and the angle between them.

    On a flat scan both stay near 1 and 0; a camera's perspective drives them apart. Degrees.
    """
    sizes, angles = [], []
    for place in places:
        if place.corner in found:
            x, _ = similarity(corners(place.box), found[place.corner].quad).axes((0.0, 0.0))
            sizes.append(float(np.hypot(*x)))
            angles.append(complex(float(x[0]), float(x[1])))
    if len(sizes) < 2:
        return 1.0, 0.0
    spread = max(abs(float(np.angle(one / angles[0], deg=True))) for one in angles)
    return max(sizes) / min(sizes), spread


def bend_mm(points_mm: Points, points_px: Points) -> float:
    """What an affine map leaves unexplained, in mm: paper curl and perspective, not feed, print or skew."""
    if len(points_mm) < 4:
        return 0.0
    return residual_mm(affine(points_mm, points_px), points_mm, points_px)
