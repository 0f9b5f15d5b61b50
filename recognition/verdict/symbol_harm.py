"""What is wrong with a symbol that stands in its place, read or not: the Order wants every QR without defects."""

import math
from collections.abc import Iterator

from recognition.codes import PageProblem, Severity, SymbolState
from recognition.geometry.placement import Box
from recognition.pages.findings import PlacedSymbol
from recognition.report import Problem
from recognition.symbols.harm import Harm
from recognition.symbols.quality import SymbolQuality
from recognition.verdict import thresholds
from recognition.verdict.case import Case, at, symbol_box
from recognition.verdict.edges import is_cut_away

_FIGURES = ("unused_correction", "fixed_pattern", "quiet_zone", "contrast", "modulation")
_OF_PRINT = 3
"""The first so many tell of the print; without greys the others tell of the scanner's threshold."""
_WEAK = {
    "unused_correction": thresholds.WEAK_UNUSED,
    "fixed_pattern": thresholds.WEAK_FIXED,
    "quiet_zone": thresholds.WEAK_QUIET,
    "contrast": thresholds.WEAK_CONTRAST,
    "modulation": thresholds.WEAK_MODULATION,
}


def harmed_symbols(case: Case) -> Iterator[Problem]:
    """Marks over symbols, print defects in them, lines through them: one problem of a kind for each symbol."""
    if case.measures.photo:
        return
    for place in case.findings.symbols:
        box = symbol_box(case, place.corner)
        if box is None or is_cut_away(case.findings, box):
            continue
        found = {} if place.quality is None else _by_code(place.quality, box)
        if place.marked and PageProblem.MARK_OVER_SYMBOL not in found:
            severity = Severity.WARNING if case.findings.identity else Severity.REJECTED
            yield at(case, PageProblem.MARK_OVER_SYMBOL, severity, box, corner=place.corner, dark=True)
        if place.quality is not None:
            module = _module_mm(place.quality, box)
            yield from (_said(case, place, box, module, code, harm) for code, harm in found.items())
            yield from _weak(case, place, place.quality, box, harmed=bool(found))


def _by_code(quality: SymbolQuality, box: Box) -> dict[PageProblem, Harm]:
    """The largest harm of each kind. Pieces of a stroke are no print defects beside it."""
    of_modules = thresholds.HARM_COARSE if _is_coarse(quality) else thresholds.HARM_MODULES
    least = max(of_modules, thresholds.HARM_MM2 / _module_mm(quality, box) ** 2)
    torn = sum(harm.mass for harm in quality.harms if not harm.line)
    found: dict[PageProblem, Harm] = {}
    for harm in quality.harms:
        if harm.mass >= least and not (harm.line and torn > harm.mass):  # tatters have straight pieces by chance
            found.setdefault(_code(harm, quality), harm)
    mark, defect = (found.get(code) for code in (PageProblem.MARK_OVER_SYMBOL, PageProblem.QR_DEFECT))
    if mark and defect and mark.dark == defect.dark:
        del found[PageProblem.QR_DEFECT]
    return found


def _module_mm(quality: SymbolQuality, box: Box) -> float:
    return math.sqrt(box[2] * box[3]) / quality.modules


def _is_coarse(quality: SymbolQuality) -> bool:
    """Without greys and with few px a module, one px more or less changes a module by a third."""
    return quality.bilevel and quality.module_px < thresholds.COARSE_PX


def _said(case: Case, place: PlacedSymbol, box: Box, module: float, code: PageProblem, harm: Harm) -> Problem:
    x, y, width, height = (side * module for side in harm.box)
    spot = box[0] + x, box[1] + y, width, height
    return at(case, code, Severity.WARNING, spot, corner=place.corner, dark=harm.dark)


def _code(harm: Harm, quality: SymbolQuality) -> PageProblem:
    """The kind of harm by its shape: a feed draws lines, a pen does not stop at the symbol's edge."""
    if harm.line:
        return PageProblem.STREAKS
    x, y, width, height = harm.box
    touches = min(x, y) <= 0 or max(x + width, y + height) >= quality.modules
    cover = not harm.dark and touches and harm.mass >= thresholds.COVER_PART * quality.modules**2 / 2
    return PageProblem.MARK_OVER_SYMBOL if cover or (harm.dark and harm.reaches) else PageProblem.QR_DEFECT


def _weak(case: Case, place: PlacedSymbol, quality: SymbolQuality, box: Box, *, harmed: bool) -> Iterator[Problem]:
    """A symbol that is still read, but would not bear one harm more. A harm that is named explains all but that."""
    if place.state is not SymbolState.OK:
        return
    for figure in _FIGURES[:1] if harmed else _FIGURES[: _OF_PRINT if quality.bilevel else None]:
        if getattr(quality, figure) < _WEAK[figure]:
            grade = quality.grade
            yield at(case, PageProblem.QR_WEAK, Severity.WARNING, box, corner=place.corner, cause=figure, grade=grade)
            return
