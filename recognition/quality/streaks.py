"""Straight lines along the feed: dirt on the slit of a sheet feeder, a scratched drum, a clogged roller.

A scanner's line runs along the picture whatever the sheet's skew; a printer's runs along the sheet. Both reach the
edge of the sheet through its margins, where a form prints nothing: that tells them from its ruled lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.files.turn import Gray
from recognition.geometry.placement import Placement, Points, corners
from recognition.squares.find import Tones

_ROW_MM = 1.3
"""Rows are means over so much: noise sinks to a third, and three of them still lie in a margin of 5 mm."""
_REACH_MM = 1.3
"""Half of the widest line, to each side of which paper or print must be seen."""
_EDGE_MM, _PICTURE_EDGE_MM = 4.0, 2.0
"""Shadow of the sheet's edge (known by its print, which lies 2 mm aside of true) and of the picture's."""
_END_MM = 5.5
"""The margin that a form leaves free, less what a printer cannot reach of it."""
_WANDER_PX = 2.5
"""A line seen one px to either side is the same line."""
_CUT_MM = 2.5
"""What scanners and skew trim of a sheet leaves the margin empty still."""
_FAINT, _FAINT_LEVELS = 0.05, 7.0
"""Darker than its surroundings by this part of the step from paper to ink, in every row."""
_OVER_NOISE = 2.5
"""Of the middle depth: under even noise every px lies below the brightest around it, by little more than the next."""
_CLEAR, _FOLD_MM, _FOLD = 0.15, 0.7, 0.22
"""A crease of a sheet that lay in an envelope is as long and straight, but pale: light falls on it aslant, nothing is
over it. Dirt and toner are black: 0.1 mm of it is a fifth of the step at 150 dpi."""
_LEAST_PART = 0.3
_WHOLE = 0.88
"""Of the rows in which the line could be seen; print hides it in others."""
_GAP_ROWS = 3
_WORD_MM, _RULE_MM = 0.9, 3.0
_RULE, _RULE_LEVELS = 0.035, 8.0
_BROKEN, _RULES_BROKEN, _CROSSED, _RULES = 0.4, 0.9, 10, 4
"""A white line is seen by what it breaks: ink at both sides and none within, in ten rows, four of them rules that no
gap between a number and a box or between words interrupts."""
_BLACK = 0.7
"""So black at both sides only squares and heavy bars are: they count as rules."""
_LEAST_STEP = 90.0
"""Of a paler print too little is left to tell a line without toner by."""
_DARK_AROUND = 0.3
_BESIDE_MM = 3.0
_AS_FORM = 4
"""So many white gaps are columns of the form."""


@dataclass(frozen=True, slots=True)
class Streak:
    """`ends`: two points in px of the searched copy, the middle of the line; `width_mm`; `strength`: part of the step
    from paper to ink.
    """

    ends: Points
    width_mm: float
    dark: bool
    strength: float


@dataclass(frozen=True, slots=True)
class _Strip:
    """The page with one way of the feed running down; rows of means of `step` px each. Columns are px."""

    gray: Gray
    step: int
    px_per_mm: float
    inner: tuple[int, int]
    """Columns between which lines are looked for."""
    rows: tuple[int, int]
    """Of the sheet, in rows of means."""
    whole: tuple[bool, bool] = (True, True)
    """The sheet's margin is there at its first and at its last row. Where it is cut off, print reaches the edge."""
    shear: float = 0.0
    """Columns that a line of the sheet wanders over one row."""


def streaks(gray: Gray, placement: Placement, paper: tuple[float, float], tones: Tones) -> list[Streak]:
    """All lines on a page whose place is known.

    Good pages cost little: a dark line reaches a margin, so the margins are looked at first.
    """
    x_axis, _ = placement.axes((paper[0] / 2, paper[1] / 2))
    lying = abs(float(x_axis[1])) > abs(float(x_axis[0]))
    lean = float(x_axis[1] / x_axis[0]) if not lying else float(x_axis[0] / x_axis[1])
    found: list[Streak] = []
    for across in (False, True):
        strip = _strip(gray.T if across else gray, placement, paper, swapped=across)
        if strip is None:
            continue
        shear = (lean if across else -lean) * strip.step
        own: list[Streak] = []
        means = None
        if _reaches_an_edge(strip, tones):
            means = _row_means(strip.gray, strip.step)
            own += _dark(strip, means, tones)
            own += _dark(replace(strip, shear=shear), _slanted(means, shear), tones)
        if across == lying and tones.paper - tones.ink >= _LEAST_STEP:
            means = _row_means(strip.gray, strip.step) if means is None else means
            own += _white(replace(strip, shear=shear), _slanted(means, shear), tones)
        found += [_turned(one) if across else one for one in _apart(own, strip.px_per_mm)]
    return found


def _strip(gray: Gray, placement: Placement, paper: tuple[float, float], *, swapped: bool) -> _Strip | None:
    px_per_mm = placement.px_per_mm((paper[0] / 2, paper[1] / 2))
    height, width = gray.shape
    step = max(4, 4 * round(_ROW_MM * px_per_mm / 4))
    sheet = placement.to_px(corners((0.0, 0.0, *paper)))[:, :: -1 if swapped else 1]
    across, down = np.sort(sheet[:, 0]), np.sort(sheet[:, 1])
    left = max(float(across[:2].max()) + _EDGE_MM * px_per_mm, _PICTURE_EDGE_MM * px_per_mm)
    right = min(float(across[2:].min()) - _EDGE_MM * px_per_mm, width - _PICTURE_EDGE_MM * px_per_mm)
    top, bottom = max(0.0, float(down[:2].mean())), min(float(height), float(down[2:].mean()))
    rows = int(np.ceil(top / step)), int(bottom / step)
    if right - left < 20 or rows[1] - rows[0] < 20:
        return None
    lost = -float(down[:2].mean()), float(down[2:].mean()) - height
    whole = lost[0] < _CUT_MM * px_per_mm, lost[1] < _CUT_MM * px_per_mm
    return _Strip(gray, step, px_per_mm, (int(left), int(right)), rows, whole)


def _row_means(gray: Gray, step: int) -> Gray:
    """Of each `step` rows the mean of four: as good as all of them against noise, at a third of the cost."""
    rows = len(gray) // step
    picked = [np.ascontiguousarray(gray[at : rows * step : step]) for at in range(0, step, step // 4)][:4]
    upper, lower = (cv2.addWeighted(picked[at], 0.5, picked[at + 1], 0.5, 0) for at in (0, 2))
    return np.asarray(cv2.addWeighted(upper, 0.5, lower, 0.5, 0), np.uint8)


def _slanted(means: Gray, shear: float) -> Gray:
    """The same rows shifted so that a line of the sheet stands upright."""
    rows, width = means.shape
    if abs(shear) * rows < _WANDER_PX:
        return means
    matrix = np.array([(1.0, shear, -shear * rows / 2), (0.0, 1.0, 0.0)])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(means, matrix, (width, rows), flags=flags, borderMode=cv2.BORDER_REPLICATE))


def _end_rows(strip: _Strip) -> int:
    return max(2, round(_END_MM * strip.px_per_mm / strip.step))


def _reaches_an_edge(strip: _Strip, tones: Tones) -> bool:
    (first, last), step, end = strip.rows, strip.step, _end_rows(strip)
    return any(
        _reaching(strip, _Depth.of(strip, _row_means(strip.gray[row * step : (row + end) * step], step), tones)).any()
        for row, whole in zip((first, last - end), strip.whole, strict=True)
        if whole
    )


@dataclass(frozen=True, slots=True)
class _Depth:
    """By how much each mean is darker than what lies at both sides of it; where that is enough, where it would be."""

    depth: Gray
    hit: NDArray[np.bool_]
    light: NDArray[np.bool_]

    @classmethod
    def of(cls, strip: _Strip, means: Gray, tones: Tones) -> "_Depth":
        step = tones.paper - tones.ink
        kernel = np.ones((1, 2 * round(_REACH_MM * strip.px_per_mm) + 1), np.uint8)
        around = cv2.morphologyEx(means, cv2.MORPH_CLOSE, kernel)
        depth = cv2.subtract(around, means)
        light = around > tones.paper - _DARK_AROUND * step
        noise = float(np.median(depth[:, strip.inner[0] : strip.inner[1] : 3]))
        least = max(_FAINT * step, _FAINT_LEVELS, _OVER_NOISE * noise)
        hit = cv2.dilate(depth, np.ones((1, 3), np.uint8)) > least
        return cls(np.asarray(depth, np.uint8), hit & light, light)


def _reaching(strip: _Strip, seen: _Depth) -> NDArray[np.bool_]:
    """Columns hit in all rows but one."""
    hits = seen.hit.sum(axis=0)
    columns = (hits + (~seen.light).sum(axis=0) >= len(seen.hit) - 1) & (hits >= 2)
    columns[: max(0, strip.inner[0])] = False
    columns[strip.inner[1] :] = False
    return np.asarray(columns, np.bool_)


def _dark(strip: _Strip, means: Gray, tones: Tones) -> Iterator[Streak]:
    end = _end_rows(strip)
    seen = _Depth.of(strip, means[strip.rows[0] : strip.rows[1]], tones)
    parts = [_Depth(seen.depth[rows], seen.hit[rows], seen.light[rows]) for rows in (slice(end), slice(-end, None))]
    reached = [_reaching(strip, part) for part, whole in zip(parts, strip.whole, strict=True) if whole]
    columns = np.flatnonzero(np.any(reached, axis=0)) if reached else np.empty(0, np.intp)
    for group in np.split(columns, np.flatnonzero(np.diff(columns) > 2) + 1):
        if len(group):
            best = int(group[np.argmax(np.where(seen.hit[:, group], seen.depth[:, group], 0).mean(axis=0))])
            yield from _line(strip, seen, best, tones.paper - tones.ink)


def _line(strip: _Strip, seen: _Depth, column: int, step: float) -> Iterator[Streak]:
    """The longest stretch of one column that is hit wherever a line could be seen, if it reaches the sheet's edge."""
    start, stop = _stretch(seen.hit[:, column], seen.light[:, column])
    hit, could = seen.hit[start:stop, column], seen.light[start:stop, column]
    if stop - start < _LEAST_PART * len(seen.hit) or hit.sum() < _WHOLE * max(1, could.sum()) or could.mean() < 0.3:
        return
    near = slice(max(0, column - round(1.2 * strip.px_per_mm)), column + round(1.2 * strip.px_per_mm) + 1)
    profile = np.median(seen.depth[start:stop, near][hit], axis=0)
    strength = min(float(profile.max()), _at_its_ends(seen, column, start, stop, _end_rows(strip))) / step
    width = float((profile > profile.max() / 2).sum()) / strip.px_per_mm
    if strength >= _CLEAR and (width <= _FOLD_MM or strength >= _FOLD):
        yield Streak(_ends(strip, column, start, stop), width, True, strength)


def _at_its_ends(seen: _Depth, column: int, start: int, stop: int, end: int) -> float:
    """The depth in a margin, where no rule of the form can lend a pale crease its own."""
    own = seen.depth[:, max(0, column - 1) : column + 2].max(axis=1)
    ends = [rows for rows in (slice(start, start + end), slice(stop - end, stop)) if seen.hit[rows, column].any()]
    return max(float(np.median(own[rows][seen.hit[rows, column]])) for rows in ends) if ends else 0.0


def _stretch(hit: NDArray[np.bool_], light: NDArray[np.bool_]) -> tuple[int, int]:
    """From the top or from the bottom on, until the line is gone for several rows in which it would be seen."""
    stretches = []
    for way in (1, -1):
        missed = np.flatnonzero((light & ~hit)[::way])
        gone = len(hit)
        for at in range(len(missed) - _GAP_ROWS + 1):
            if missed[at + _GAP_ROWS - 1] - missed[at] == _GAP_ROWS - 1:
                gone = int(missed[at])
                break
        stretches.append((0, gone) if way == 1 else (len(hit) - gone, len(hit)))
    return max(stretches, key=lambda one: one[1] - one[0])


def _white(strip: _Strip, means: Gray, tones: Tones) -> list[Streak]:
    """Lines without toner: rules and words are broken at one place all down the sheet."""
    bare = np.full_like(means, round(tones.paper * 0.97))
    ink = np.asarray(cv2.subtract(bare, means), np.uint8)[strip.rows[0] : strip.rows[1]]
    least = max(_RULE * (tones.paper - tones.ink), _RULE_LEVELS)
    words, rules = (_beside(ink, strip, side) for side in (_WORD_MM, _RULE_MM))
    narrow = np.asarray(cv2.erode(ink, np.ones((1, 3), np.uint8)), np.uint8)
    gone = cv2.compare(narrow, cv2.convertScaleAbs(words, alpha=_BROKEN), cv2.CMP_LT)
    crossed, ruled = (cv2.threshold(beside, least, 255, cv2.THRESH_BINARY)[1] for beside in (words, rules))
    broken = np.asarray(cv2.bitwise_and(crossed, gone), np.uint8)
    count, breaks, rule_breaks = (_marked(rows) for rows in (crossed, broken, cv2.bitwise_and(broken, ruled)))
    good = (breaks >= _RULES_BROKEN * count) & (count >= _CROSSED) & (rule_breaks >= _RULES)
    good[: max(0, strip.inner[0])] = False
    good[strip.inner[1] :] = False
    found = []
    columns = np.flatnonzero(good)
    for group in np.split(columns, np.flatnonzero(np.diff(columns) > 3) + 1):
        rows = np.flatnonzero(broken[:, group[len(group) // 2]]) if len(group) else np.empty(0, np.intp)
        if len(rows) and rows[-1] - rows[0] >= _LEAST_PART * len(ink):
            ends = _ends(strip, int(group[len(group) // 2]), int(rows[0]), int(rows[-1]) + 1)
            found.append(Streak(ends, max(0.1, len(group) / strip.px_per_mm), False, 1.0))
    return found if len(found) < _AS_FORM else []


def _marked(mask: Any) -> NDArray[np.int32]:
    """How many rows of each column are marked; marks are 255."""
    return np.asarray(cv2.reduce(mask, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[0] // 255, np.int32)


def _beside(ink: Gray, strip: _Strip, side_mm: float) -> Gray:
    """The weaker of the ink to the left and to the right: solid over `side_mm`, within reach of the widest line."""
    side, reach = max(3, round(side_mm * strip.px_per_mm)), round(_REACH_MM * strip.px_per_mm)
    near = cv2.dilate(cv2.erode(ink, np.ones((1, side), np.uint8)), np.ones((1, reach), np.uint8))
    off = (reach + side) // 2 + 1
    both = np.zeros_like(ink)
    both[:, off:-off] = np.minimum(near[:, : -2 * off], near[:, 2 * off :])
    return both


def _ends(strip: _Strip, column: int, start: int, stop: int) -> Points:
    rows = np.array([start, stop], np.float64) + strip.rows[0]
    columns = column + 0.5 + strip.shear * (rows - len(strip.gray) / strip.step / 2)
    return np.column_stack((columns, rows * strip.step))


def _apart(found: list[Streak], px_per_mm: float) -> list[Streak]:
    """Of lines nearer than 1 mm the strongest: one line is seen along the picture and along the sheet.

    Beside a dark line paper looks like a white one.
    """
    kept: list[Streak] = []
    for one in sorted(found, key=lambda one: (not one.dark, -one.strength)):
        middle = float(one.ends[:, 0].mean())
        apart = px_per_mm if one.dark else _BESIDE_MM * px_per_mm
        if all(abs(float(other.ends[:, 0].mean()) - middle) > apart for other in kept if other.dark or one.dark):
            kept.append(one)
    return kept


def _turned(streak: Streak) -> Streak:
    return Streak(np.ascontiguousarray(streak.ends[:, ::-1]), streak.width_mm, streak.dark, streak.strength)
