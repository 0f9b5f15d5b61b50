"""The judgement over two scans of one page: a false alarm stops a college, a missed one loses a result."""

from recognition.sheets.comparison import Likeness
from recognition.sheets.evidence import Evidence, Side

ENOUGH_MM2 = 6.0
"""Two characters of a thin pen: with less written nothing is decided."""
_LEAST_PRINT_MET = 0.6
"""With less of the print meeting, the pages do not lie on each other, and strokes cannot meet either."""
_MOST_PRINT_MET = 0.9
"""All of the print that is there to meet: needed where the lack of strokes alone speaks."""
_SAME, _UNLIKE = 0.65, 0.45
"""Of what chance leaves open: rescans stay above 0.9, other people's writing below 0.2."""
_NO_CHANCE_MM2 = 25.0
"""So much writing does not meet by accident."""
_MOSTLY = 0.6
_MISSING_MM2 = 4.0
"""A letter on either side that the other lacks; a streak or a stain harms one side only."""
_LONE_MM2 = 20.0
"""Writing on one sheet and none on the other."""
_DARK, _DARK_FOR_CRUSHED = 90.0, 150.0
"""Strokes this dark do not vanish in a scan; of a scan without greys more is asked."""
_MARGIN_MM2 = 20.0


def decide(evidence: Evidence, crushed: tuple[bool, bool]) -> tuple[Likeness, float | None]:
    """The likeness and its score. `crushed`: whose scan, the first's or the second's, kept no greys."""
    weak, rich = sorted((evidence.first, evidence.second), key=lambda side: side.ink)
    enough = weak.ink >= ENOUGH_MM2
    if evidence.print_met < _LEAST_PRINT_MET:
        return Likeness.UNDECIDED, None
    if enough and _meet(weak, rich):
        return Likeness.SAME, weak.share
    if enough and weak.missing >= _MISSING_MM2 and rich.missing >= _MISSING_MM2:
        unlike = weak.beyond_chance <= _UNLIKE
        return (Likeness.DIFFERENT if unlike else Likeness.UNDECIDED), weak.share
    if evidence.print_met >= _MOST_PRINT_MET:
        other_crushed = crushed[1] if rich is evidence.first else crushed[0]
        if _lone(weak, rich, crushed=other_crushed) or min(weak.margin, rich.margin) >= _MARGIN_MM2:
            return Likeness.DIFFERENT, rich.share
    return Likeness.UNDECIDED, weak.share if enough else None


def _meet(weak: Side, rich: Side) -> bool:
    """The same strokes on both: all that the weaker sheet has, and so much that chance is out of the question.

    The other sheet may have more: a poor scan loses pale strokes.
    """
    if weak.beyond_chance < _SAME:
        return False
    return rich.share >= _MOSTLY or weak.met >= _NO_CHANCE_MM2


def _lone(weak: Side, rich: Side, *, crushed: bool) -> bool:
    """Plenty of dark writing on one sheet, nothing on the other, though all its print is there."""
    dark = rich.darkness >= (_DARK_FOR_CRUSHED if crushed else _DARK)
    return weak.ink < ENOUGH_MM2 and rich.missing >= _LONE_MM2 and rich.share < _MOSTLY and dark
