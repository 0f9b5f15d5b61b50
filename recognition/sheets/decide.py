"""The judgement over two scans of one page: a false alarm stops a college, a missed one loses a result."""

from recognition.sheets.comparison import Likeness
from recognition.sheets.evidence import Evidence, Side

ENOUGH_MM2 = 6.0
"""Two characters of a thin pen: with less written nothing is decided."""
_LAID = 0.9
"""With less of the print meeting, the pages do not lie on each other, and strokes cannot meet either."""
_SHOWN = 0.9
"""All of the print that is there to meet: needed where the lack of strokes alone speaks."""
_SAME = 0.02
"""Of a sheet's strokes, missing on the other: scans of one sheet, however poor, leave 0.003 on one side at least."""
_UNLIKE, _UNLIKE_FAR = 0.05, 0.012
"""The same where other people write the same words into the same cells: from 0.058, and 0.027 even nearby."""
_TELLING_MM2 = 4.0
_MISSING_MM2 = 1.5
"""On either side: a streak or a stain harms one side only."""
_LONE_MM2 = 20.0
"""Writing on one sheet and none on the other."""
_DARK, _DARK_FOR_CRUSHED = 90.0, 150.0
"""Strokes this dark do not vanish in a scan; of a scan without greys more is asked."""
_ABOVE_FAINTEST = 2.0
_MARGIN_MM2, _LAID_IN_MARGIN = 20.0, 0.98
"""Writing outside the fields on either sheet: print stands there, so it must meet to the last line."""


def decide(evidence: Evidence, crushed: tuple[bool, bool]) -> tuple[Likeness, float | None]:
    """The likeness and its score. `crushed`: whose scan, the first's or the second's, kept no greys."""
    weak, rich = sorted((evidence.first, evidence.second), key=lambda side: side.ink)
    if evidence.laid < _LAID:
        return Likeness.UNDECIDED, None
    if weak.ink >= ENOUGH_MM2:
        if min(_part(weak, weak.missing), _part(rich, rich.missing)) <= _SAME:
            return (Likeness.SAME if weak.telling >= _TELLING_MM2 else Likeness.UNDECIDED), weak.share
        if _unlike(weak) and _unlike(rich):
            return Likeness.DIFFERENT, weak.share
        return Likeness.UNDECIDED, weak.share
    if evidence.shown >= _SHOWN:
        blank_crushed = crushed[1] if rich is evidence.first else crushed[0]
        beside = evidence.laid >= _LAID_IN_MARGIN and min(weak.margin, rich.margin) >= _MARGIN_MM2
        if beside or _lone(weak, rich, crushed=blank_crushed):
            return Likeness.DIFFERENT, rich.share
    return Likeness.UNDECIDED, None


def _part(side: Side, area: float) -> float:
    return area / side.ink if side.ink else 1.0


def _unlike(side: Side) -> bool:
    """So much of its strokes is not on the other sheet that no scan could have lost or moved it."""
    enough = side.missing >= _MISSING_MM2
    return enough and _part(side, side.missing) >= _UNLIKE and _part(side, side.far) >= _UNLIKE_FAR


def _lone(blank: Side, inked: Side, *, crushed: bool) -> bool:
    """Plenty of dark writing on one sheet and nothing on the other, though all its print is there.

    Only sheets that were filled are compared, so these are not one sheet before and after it was filled.
    """
    least = max(_DARK_FOR_CRUSHED if crushed else _DARK, _ABOVE_FAINTEST * blank.faintest)
    return inked.missing >= _LONE_MM2 and inked.darkness >= least
