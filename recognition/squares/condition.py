"""How well a black square is printed: the Order wants every square (реперная точка) without defects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.files.turn import Gray
from recognition.form import SquarePlace
from recognition.geometry.placement import Placement, Points, corners
from recognition.geometry.straighten import straightened
from recognition.squares.find import SquaresFound, Tones, centre_of

Ink = NDArray[np.float32]
"""0 is paper, 1 the ink of the page's symbols."""
_SIDE_PX, _AROUND_PX = 40, 12
"""Of the straightened square (7 mm at 150 dpi), and of the ring around it: 2 mm."""
_EDGE_MM = 0.45
"""The outermost of a square is soft by the scanner's blur and may be trimmed by registration; it tells nothing."""
_LIGHT = 0.5
"""Of the step from paper to ink: half of a pixel's ink is gone."""
_SOME_INK = 0.3
_SOME_BLACK, _FULL = 0.45, 0.85
_DIP = 0.3
"""Below the square's own middle tone: a light line narrower than the blur never reaches paper."""


@dataclass(frozen=True, slots=True)
class SquareCondition:
    """`lost_mm2`: the largest piece of the square that should be black and is not; `added_mm2`: the largest bump of
    ink on its edge; `darkness`: its middle tone, 0 is paper and 1 the ink of the page's symbols; `hollow`: the middle
    is gone and the rim stands; `stands`: what is there looks like a square, whole or not.
    """

    lost_mm2: float
    added_mm2: float
    darkness: float
    hollow: bool
    stands: bool


def conditions(
    gray: Gray, found: SquaresFound, places: Sequence[SquarePlace], tones: Tones
) -> Mapping[str, SquareCondition]:
    """Of every square that the page should have, found or not, by its name."""
    return {
        place.name: _condition(gray, found.placement, place, found.centres.get(place.name), tones) for place in places
    }


def _condition(
    gray: Gray, placement: Placement, place: SquarePlace, centre: Points | None, tones: Tones
) -> SquareCondition:
    """By the placement of all squares and by its own middle: a bite moves the one, a curled sheet the other."""
    expected = placement.to_px(corners(place.box))
    first = _measured(_ink_part(gray, expected, tones), place)
    if centre is None or first.lost_mm2 + first.added_mm2 == 0.0:
        return first
    own = expected + centre - placement.to_px(np.array([centre_of(place)]))[0]
    second = _measured(_ink_part(gray, own, tones), place)
    return min(first, second, key=lambda condition: condition.lost_mm2 + condition.added_mm2)


def _ink_part(gray: Gray, quad: Points, tones: Tones) -> Ink:
    seen = straightened(gray, quad, _SIDE_PX, _AROUND_PX)
    return np.asarray((tones.paper - seen) / tones.contrast, np.float32)


def _measured(ink: Ink, place: SquarePlace) -> SquareCondition:
    side_mm = (place.box[2] * place.box[3]) ** 0.5
    edge = max(1, round(_EDGE_MM / side_mm * _SIDE_PX))
    inset = _AROUND_PX + edge
    core = ink[inset:-inset, inset:-inset]
    middle = float(np.median(core))
    lost = ((core < middle - _DIP) | (core < min(_LIGHT, middle))).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(lost, connectivity=8)
    largest = float(stats[1:, cv2.CC_STAT_AREA].max(initial=0)) * (side_mm / _SIDE_PX) ** 2
    third = len(core) // 3
    rim = np.concatenate([core[0], core[-1], core[:, 0], core[:, -1]])
    hollow = bool(core[third:-third, third:-third].mean() < _LIGHT <= float(np.median(rim)))
    return SquareCondition(
        largest, _bump_px(ink, edge) * (side_mm / _SIDE_PX) ** 2, middle, hollow, _looks_square(core)
    )


def _looks_square(core: Ink) -> bool:
    """Ink over half of it at least, and in two whole corners: a punch hole's round shadow has none there."""
    side = max(2, len(core) // 6)
    ends = (slice(None, side), slice(-side, None))
    full = _FULL * float(np.percentile(core, 75))
    black_corners = sum(float(core[rows, columns].mean()) > full for rows in ends for columns in ends)
    return black_corners >= 2 and float((core > _SOME_INK).mean()) >= _SOME_BLACK


def _bump_px(ink: Ink, edge: int) -> float:
    """Of the ink that touches the square from outside, the largest piece that ends within the ring, px.

    What goes on beyond it is no print defect: a stroke of a pen, a rule of the form, the shadow of the sheet's edge.
    """
    outside = (ink > _LIGHT).astype(np.uint8)
    near = _AROUND_PX - edge
    outside[near:-near, near:-near] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(outside, connectivity=8)
    if count < 2:
        return 0.0
    border = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    ring = labels[near - 1 : len(labels) - near + 1, near - 1 : len(labels) - near + 1]
    touching = set(np.unique(ring).tolist()) - {0} - set(np.unique(border).tolist())
    return float(max((stats[label, cv2.CC_STAT_AREA] for label in touching), default=0))
