"""Finds the black squares of a page whose place is roughly known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from recognition.files.turn import Gray
from recognition.form import SquarePlace
from recognition.geometry.placement import Placement, Points, affine, corners, homography, similarity

_SLACK_MM = 4.0
"""How far a square may lie from where the symbols predict it."""
_SURE_SLACK_MM = 2.5
"""The same where three squares already hold the placement."""
_AREA = (0.6, 1.5)
_SIDES = (0.68, 1.45)
_FILLED = 0.72
"""Part of its own turned box that a square blackens; a ring or a stroke blackens less."""
_ROUND = 0.91
"""Part of its own turned box: a disc, its caps cut off by the opening, fills 0.86 to 0.89, a square 0.99, with worn
corners 0.95."""
_HOLLOW = 0.4
"""Part of a hollow square that is ink: a frame of the form's cells has 0.15."""
_LEAST_CONTRAST = 0.35
"""Of the page's own black and white: what is paler than this is no square but a shadow of one."""
_OPENING = 0.35
"""Of the side: strokes thinner than this are cut off before the square is measured."""
_ROUNDS = 3

Anchors = tuple[Points, Points]
"""Points of the page in mm and the same in px, which hold a placement as long as there are few squares."""


@dataclass(frozen=True, slots=True)
class Tones:
    """Grey of ink and of paper on this page."""

    ink: float
    paper: float

    @property
    def contrast(self) -> float:
        """The whole step from ink to paper."""
        return max(1.0, self.paper - self.ink)


@dataclass(frozen=True, slots=True)
class SquaresFound:
    """Centres in px by name, and the placement that they and the symbols make together."""

    centres: Mapping[str, Points]
    placement: Placement


def centre_of(place: SquarePlace) -> tuple[float, float]:
    """The middle of a square in mm."""
    x, y, width, height = place.box
    return x + width / 2, y + height / 2


def find_squares(
    gray: Gray,
    seed: Placement,
    places: Sequence[SquarePlace],
    anchors: Anchors,
    tones: Tones,
    *,
    slack_mm: float = _SLACK_MM,
) -> SquaresFound:
    """Looks where `seed` predicts squares, corrects the placement by those found, and looks again for the rest."""
    centres: dict[str, Points] = {}
    placement = seed
    for _ in range(_ROUNDS):
        before = len(centres)
        slack = _SURE_SLACK_MM if before >= 3 else slack_mm
        for place in places:
            if place.name not in centres:
                centre = _find_one(gray, placement, place, slack, tones)
                if centre is not None:
                    centres[place.name] = centre
        if len(centres) == before:
            break
        placement = refit(seed, places, centres, anchors)
        if len(centres) == len(places):
            break
    return SquaresFound(centres, placement)


def refit(seed: Placement, places: Sequence[SquarePlace], centres: Mapping[str, Points], anchors: Anchors) -> Placement:
    """The best placement that the squares found allow."""
    points_mm = np.array([centre_of(place) for place in places if place.name in centres])
    points_px = np.array([centres[place.name] for place in places if place.name in centres])
    if len(centres) >= 3 and _spread(points_mm):
        flat = affine(points_mm, points_px)
        bent = homography(points_mm, points_px) if len(centres) >= 4 else None
        if bent and _misses(flat, points_mm, points_px) > 3 * _misses(bent, points_mm, points_px) + 1.0:
            return bent
        return flat
    if not centres:
        return seed
    return similarity(np.vstack((points_mm, anchors[0])), np.vstack((points_px, anchors[1])))


def _spread(points_mm: Points) -> bool:
    """True where points span an area, so that an affine map is determined."""
    return float(np.linalg.svd(points_mm - points_mm.mean(axis=0), compute_uv=False)[-1]) > 20.0


def _misses(placement: Placement, points_mm: Points, points_px: Points) -> float:
    return float(np.linalg.norm(placement.to_px(points_mm) - points_px, axis=1).max())


def _find_one(gray: Gray, placement: Placement, place: SquarePlace, slack_mm: float, tones: Tones) -> Points | None:
    x, y, width, height = place.box
    window = placement.box_px((x - slack_mm, y - slack_mm, width + 2 * slack_mm, height + 2 * slack_mm))
    left, top = max(0, int(window[0])), max(0, int(window[1]))
    right, bottom = max(left, int(window[0] + window[2]) + 1), max(top, int(window[1] + window[3]) + 1)
    part = gray[top:bottom, left:right]
    side = placement.px_per_mm(centre_of(place)) * (width * height) ** 0.5
    if min(part.shape) < 0.6 * side or side < 6:
        return None
    expected = placement.to_px(np.array([centre_of(place)]))[0] - np.array((left, top))
    found = _square_in(_darkened(part, tones), side, expected)
    return None if found is None else found + np.array((left, top))


def _darkened(part: Gray, tones: Tones) -> Gray:
    """Ink as 255; all 0 where nothing in the window is dark enough to be ink."""
    level, dark = cv2.threshold(part, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    ink = np.asarray(dark, np.uint8)
    if not ink.any() or ink.all():
        return np.zeros_like(ink)
    step = float(part[ink == 0].mean()) - float(part[ink > 0].mean())
    return ink if step >= _LEAST_CONTRAST * tones.contrast and level < tones.paper else np.zeros_like(ink)


def _square_in(ink: Gray, side: float, expected: Points) -> Points | None:
    """The solid square nearest the expected place, else a hollow one: some scanners see only edges of black."""
    mended = np.asarray(cv2.medianBlur(ink, 3), np.uint8)
    solid = _nearest(mended, side, expected)
    return solid if solid is not None else _nearest(_filled(mended), side, expected, ink=mended)


def _filled(ink: Gray) -> Gray:
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return np.asarray(cv2.drawContours(np.zeros_like(ink), outlines, -1, 255, cv2.FILLED), np.uint8)


def _nearest(shape: Gray, side: float, expected: Points, ink: Gray | None = None) -> Points | None:
    """The centre of the square nearest the expected place.

    With `ink`, the shape is filled outlines: then one that the window cuts is no square, nor one drawn with thin lines.
    """
    cut = max(1, round(side * _OPENING))
    solid = cv2.morphologyEx(shape, cv2.MORPH_OPEN, np.ones((cut, cut), np.uint8))
    count, marks, stats, centres = cv2.connectedComponentsWithStats(solid, connectivity=4)
    best: tuple[float, Points] | None = None
    for label in range(1, count):
        left, top, width, height, area = (int(figure) for figure in stats[label])
        if not _is_square(width, height, area, side):
            continue
        if _is_round(np.asarray(solid[top : top + height, left : left + width], np.uint8)):
            continue
        if ink is not None:
            whole = left > 0 and top > 0 and left + width < shape.shape[1] and top + height < shape.shape[0]
            if not whole or float((ink[marks == label] > 0).mean()) < _HOLLOW:
                continue
        off = float(np.linalg.norm(centres[label] - expected))
        if best is None or off < best[0]:
            # A pixel's centre lies half a pixel into it; symbols are measured at pixel edges.
            best = off, centres[label] + 0.5
    return best[1] if best else None


def _is_square(width: float, height: float, area: float, side: float) -> bool:
    return (
        _SIDES[0] * side <= width <= _SIDES[1] * side
        and _SIDES[0] * side <= height <= _SIDES[1] * side
        and _AREA[0] * side * side <= area <= _AREA[1] * side * side
        and area >= _FILLED * min(width, height) ** 2 * 0.9
    )


def _is_round(part: Gray) -> bool:
    """True for a punch hole: it fills its least box less than a square does and shows the same box however turned."""
    outlines, _ = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outline = cv2.convexHull(max(outlines, key=len))
    _, (width, height), _ = cv2.minAreaRect(outline)
    # An outline runs through pixels' centres and so lies half a pixel inside on each side.
    area = cv2.contourArea(outline) + cv2.arcLength(outline, closed=True) / 2 + 1
    return bool(area < _ROUND * (width + 1) * (height + 1))


def square_quad(placement: Placement, place: SquarePlace) -> Points:
    """Where a square's four corners lie or should lie, px."""
    return placement.to_px(corners(place.box))
