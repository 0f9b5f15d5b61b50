"""The judgement over two scans of one page: a false alarm stops a college, a missed one loses a result."""

from recognition.sheets.comparison import Likeness
from recognition.sheets.evidence import Evidence, Side

ENOUGH_MM2 = 6.0
"""Two characters of a thin pen: with less written nothing is decided."""
_LAID = 0.9
"""With less of the print meeting, the pages do not lie on each other, and strokes cannot meet either."""
_SHOWN = 0.85
"""All of the print that is there to meet: needed where the lack of strokes alone speaks."""
_SAME = 0.015
"""Of a sheet's strokes, missing on the other: scans of one sheet, however poor, leave 0.003 on one side at least."""
_UNLIKE, _UNLIKE_FAR = 0.035, 0.01
"""The same where other people write the same words into the same cells: from 0.054, and 0.02 even nearby."""
_TELLING_MM2 = 4.0
_MISSING_MM2 = 1.5
"""On either side: a streak or a stain harms one side only."""
_LONE_MM2 = 20.0
"""Writing on one sheet and none on the other."""
_DARK = 160.0
"""Strokes of a black or blue pen vanish in no scan; those of a pencil do where it kept no greys."""
_ABOVE_FAINTEST = 2.0
_MARGIN_MM2, _LONE_MARGIN_MM2 = 20.0, 300.0
"""Outside the fields, on either sheet or on one: a folded corner may hide 100 mm² of print."""
_LAID_IN_MARGIN = 0.98


def decide(evidence: Evidence, tonal: tuple[bool, bool]) -> tuple[Likeness, float | None]:
    """The likeness and its score. `tonal`: whether the first scan, and the second, kept greys."""
    weak, rich = sorted((evidence.first, evidence.second), key=lambda side: side.ink)
    if evidence.laid < _LAID:
        return Likeness.UNDECIDED, None
    if weak.ink >= ENOUGH_MM2:
        if min(_part(weak, weak.missing), _part(rich, rich.missing)) <= _SAME:
            return (Likeness.SAME if weak.telling >= _TELLING_MM2 else Likeness.UNDECIDED), weak.share
        if _unlike(weak) and _unlike(rich):
            return Likeness.DIFFERENT, weak.share
        return Likeness.UNDECIDED, weak.share
    if evidence.shown >= _SHOWN and _one_sided(evidence, tonal):
        return Likeness.DIFFERENT, rich.share
    return Likeness.UNDECIDED, None


def _part(side: Side, area: float) -> float:
    return area / side.ink if side.ink else 1.0


def _unlike(side: Side) -> bool:
    """So much of its strokes is not on the other sheet that no scan could have lost or moved it."""
    enough = side.missing >= _MISSING_MM2
    return enough and _part(side, side.missing) >= _UNLIKE and _part(side, side.far) >= _UNLIKE_FAR


def _one_sided(evidence: Evidence, tonal: tuple[bool, bool]) -> bool:
    """Plenty of writing on one sheet and nothing on the other, whose scan would show it.

    Only sheets that were filled are compared, so these are not one sheet before and after it was filled. Outside the
    fields print stands, so there it must meet to the last line, and either sheet must have something of its own.
    """
    sides = evidence.first, evidence.second
    beside = min(side.margin for side in sides) >= _MARGIN_MM2
    for side, other, other_tonal in zip(sides, sides[::-1], tonal[::-1], strict=True):
        if side.darkness >= (_ABOVE_FAINTEST * other.faintest if other_tonal else _DARK):
            if side.missing >= _LONE_MM2 and other.ink < ENOUGH_MM2:
                return True
            beside = beside or side.margin >= _LONE_MARGIN_MM2
    return beside and evidence.laid >= _LAID_IN_MARGIN
