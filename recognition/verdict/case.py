"""What the rules may look at, and how they say a place."""

from dataclasses import dataclass

from recognition.codes import PageProblem, Severity
from recognition.form import Form
from recognition.geometry.placement import Box, bounds
from recognition.pages.findings import Findings
from recognition.report import Problem
from recognition.symbols.reading import Symbol
from recognition.verdict.measures import Measures

_STRIP = 0.01
"""Of the picture's long side: 3 mm of a sheet of A4, wide enough to be seen."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that the rules may look at."""

    findings: Findings
    measures: Measures
    form: Form
    event: str | None = None


def at(case: Case, code: PageProblem, severity: Severity, box_mm: Box | None, **detail: object) -> Problem:
    """A problem at a box of the upright page in mm, None where it has no place."""
    place = None if box_mm is None else clipped(case.findings, case.findings.placement.box_px(box_mm))
    return Problem(code, severity, rounded(box_mm), rounded(place), detail)


def clipped(findings: Findings, box: Box) -> Box:
    """The part of a box that is in the picture; a box beyond the edge becomes a narrow strip along it."""
    x, y, width, height = box
    frame = findings.frame
    least = _STRIP * max(frame.width, frame.height)
    left, right = _within(x, x + width, frame.width, least)
    top, bottom = _within(y, y + height, frame.height, least)
    return left, top, right - left, bottom - top


def _within(start: float, end: float, limit: float, least: float) -> tuple[float, float]:
    start, end = min(max(0.0, start), limit), min(max(0.0, end), limit)
    if end - start >= least or 0 < start < end < limit:
        return start, end
    return (0.0, min(least, limit)) if start <= 0 else (max(0.0, limit - least), limit)


def rounded(box: Box | None) -> Box | None:
    """A box to a tenth of a mm or px."""
    return None if box is None else (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def whole_sheet(case: Case) -> Box:
    """The place of what concerns the sheet as a whole."""
    return 0.0, 0.0, *case.form.paper


def symbol_px(case: Case, symbol: Symbol) -> Box:
    """Where a symbol stands in the picture."""
    return clipped(case.findings, bounds(symbol.quad))


def symbol_box(case: Case, corner: str) -> Box | None:
    """The place of the form in this corner, of the page's kind where it is known."""
    kinds = [case.findings.kind] if case.findings.kind else list(case.form.kinds.values())[::-1]
    return next((place.box for kind in kinds for place in kind.symbols if place.corner == corner), None)
