"""How likely it is that two scans show one sheet: a curve fitted to measured pairs, and what it cannot know."""

import math

from recognition.sheets.evidence import Evidence, Side

ENOUGH_MM2 = 6.0
"""Two characters of a thin pen: with less written nothing is known."""
_LAID = 0.9
"""With less of the print meeting, the pages do not lie on each other, and strokes cannot meet either."""
_SHOWN = 0.85
"""All of the print that is there to meet: needed where the lack of strokes alone speaks."""
CONSTANT, WEIGHT = -12.87, -7.0
"""Fitted by `python -m benchmarks.sheet_probability`, which shows how true they are; one sheet and two count alike.
The weight is below 0: more missing never speaks for one sheet."""
_FLOOR, _PLENTY = 0.003, 0.06
"""Scanning alone takes 0.003 on one side at most, however poor the scans of one sheet; beyond the other end no more is
learnt: two people who write the same words lack as much."""
_NOT_KNOWN = 0.5
_ALONE = 0.01
"""Where writing stands on one sheet only: none of 158 rescans showed that; by the rule of succession 1 of 160."""
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


def probability(evidence: Evidence) -> float | None:
    """That both scans show one sheet, 0 to 1; None where nothing is known.

    Only sheets that were filled are compared, so a filled one and an empty one are not one sheet at two times.
    """
    if evidence.laid < _LAID:
        return None
    weak = min(evidence.first, evidence.second, key=lambda side: side.ink)
    by_strokes = one_sheet(evidence) if enough(evidence) else None
    if by_strokes is not None and by_strokes > _NOT_KNOWN:
        return by_strokes if weak.telling >= _TELLING_MM2 else _NOT_KNOWN
    if _lone(evidence) or _beside(evidence):
        return min(_ALONE, _ALONE if by_strokes is None else by_strokes)
    if by_strokes is None or (showing(evidence) and _missing_both(evidence)):
        return by_strokes
    return _NOT_KNOWN


def enough(evidence: Evidence) -> bool:
    """Whether both sheets have strokes to look for on the other."""
    return min(evidence.first.ink, evidence.second.ink) >= ENOUGH_MM2


def unmet(evidence: Evidence) -> float:
    """What the curve is over, a logarithm: the part of its strokes that the other lacks, of the sheet that lacks less.

    A streak, a stain and what was added between two scans lie on one side only.
    """
    part = min(side.missing / side.ink if side.ink else 1.0 for side in (evidence.first, evidence.second))
    return math.log10(min(part, _PLENTY) + _FLOOR)


def one_sheet(evidence: Evidence) -> float:
    """The curve's own say, by the strokes within the fields."""
    return 1.0 / (1.0 + math.exp(-(CONSTANT + WEIGHT * unmet(evidence))))


def showing(evidence: Evidence) -> bool:
    """Whether strokes such as either sheet has would show in the other's scan if they were there."""
    first, second = evidence.first, evidence.second
    return _would_show(first, second) and _would_show(second, first)


def _missing_both(evidence: Evidence) -> bool:
    return min(evidence.first.missing, evidence.second.missing) >= _MISSING_MM2


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
    plenty = min(first.margin, second.margin) >= _MARGIN_MM2 or max(first.margin, second.margin) >= _LONE_MARGIN_MM2
    return plenty and showing(evidence) and min(evidence.laid, evidence.shown) >= _LAID_IN_MARGIN
