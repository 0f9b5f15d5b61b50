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
_LONE_MM2, _LONE_SHARE = 20.0, 0.5
"""Writing on one sheet and nothing like it on the other."""
_DARK, _WHOLE = 160.0, 150.0
"""Strokes of a black or blue pen vanish in no scan, those of a pencil do where it kept no greys; and there a pencil's
strokes that half vanish are specks, paler than a whole stroke once they are softened."""
_ABOVE_FAINTEST = 2.0
_MARGIN_MM2, _LONE_MARGIN_MM2 = 20.0, 300.0
"""Outside the fields, on either sheet or on one: a folded corner may hide 100 mm² of print."""
_LAID_IN_MARGIN = 0.98


def decide(evidence: Evidence) -> tuple[Likeness, float | None]:
    """The likeness and its score.

    Only sheets that were filled are compared, so a filled one and an empty one are not one sheet at two times.
    """
    weak, rich = sorted((evidence.first, evidence.second), key=lambda side: side.ink)
    if evidence.laid < _LAID:
        return Likeness.UNDECIDED, None
    enough = weak.ink >= ENOUGH_MM2
    score = weak.share if enough else None
    if enough and min(_part(weak, weak.missing), _part(rich, rich.missing)) <= _SAME:
        return (Likeness.SAME if weak.telling >= _TELLING_MM2 else Likeness.UNDECIDED), score
    if (enough and _unlike(weak, rich) and _unlike(rich, weak)) or _lone(evidence) or _beside(evidence):
        return Likeness.DIFFERENT, weak.share
    return Likeness.UNDECIDED, score


def _part(side: Side, area: float) -> float:
    return area / side.ink if side.ink else 1.0


def _unlike(side: Side, other: Side) -> bool:
    """So much of its strokes is not on the other sheet that no scan could have lost or moved it."""
    enough = side.missing >= _MISSING_MM2
    beyond = _part(side, side.missing) >= _UNLIKE and _part(side, side.far) >= _UNLIKE_FAR
    return enough and beyond and _would_show(side, other)


def _would_show(side: Side, other: Side) -> bool:
    """Whether the other scan would show strokes such as these if they were on its sheet."""
    if not side.tonal:
        return side.darkness >= _WHOLE
    return side.darkness >= (_ABOVE_FAINTEST * other.faintest if other.tonal else _DARK)


def _lone(evidence: Evidence) -> bool:
    """Plenty of writing on one sheet and nothing like it on the other, whose scan shows all the print.

    Never where neither scan kept greys: one may have kept a pencil as black that the other lost.
    """
    return evidence.shown >= _SHOWN and any(
        side.missing >= _LONE_MM2
        and side.share < _LONE_SHARE
        and _would_show(side, other)
        and (side.tonal or other.tonal)
        for side, other in ((evidence.first, evidence.second), (evidence.second, evidence.first))
    )


def _beside(evidence: Evidence) -> bool:
    """Writing outside the fields: print stands there, so it must meet to the last line."""
    first, second = evidence.first, evidence.second
    enough = min(first.margin, second.margin) >= _MARGIN_MM2 or max(first.margin, second.margin) >= _LONE_MARGIN_MM2
    sure = _would_show(first, second) and _would_show(second, first)
    return enough and sure and min(evidence.laid, evidence.shown) >= _LAID_IN_MARGIN
