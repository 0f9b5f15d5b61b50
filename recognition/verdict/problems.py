"""Each rule that turns a finding into a problem of a page."""

from collections.abc import Iterator
from dataclasses import dataclass

from recognition.codes import PageProblem, Severity, SymbolState
from recognition.form import Form
from recognition.geometry.placement import Box, bounds
from recognition.pages.findings import Findings
from recognition.report import Problem
from recognition.symbols.reading import Symbol
from recognition.verdict import thresholds
from recognition.verdict.edges import cuts, is_cut_away
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


def problems(case: Case) -> list[Problem]:
    """The problems of a page, worst first."""
    if case.findings.blank:
        return [Problem(PageProblem.BLANK_PAGE, Severity.NOTE)]
    rules = (_identity, _foreign, _event, _symbols, _squares, _edges, _photo, _scale, _skew, _resolution)
    found = [problem for rule in rules for problem in rule(case)]
    order = list(Severity)
    return sorted(found, key=lambda problem: order.index(problem.severity))


def _at(case: Case, code: PageProblem, severity: Severity, box_mm: Box | None, **detail: object) -> Problem:
    place = None if box_mm is None else _clipped(case.findings, case.findings.placement.box_px(box_mm))
    return Problem(code, severity, _rounded(box_mm), _rounded(place), detail)


def _clipped(findings: Findings, box: Box) -> Box:
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


def _rounded(box: Box | None) -> Box | None:
    return None if box is None else (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def _sheet(case: Case) -> Box:
    return 0.0, 0.0, *case.form.paper


def _identity(case: Case) -> Iterator[Problem]:
    """A sheet that names two pages: two pages were printed on one side, which the Order forbids (2.2, step 5)."""
    if case.findings.others:
        yield _at(case, PageProblem.TWO_PAGES_ON_ONE, Severity.REJECTED, _sheet(case))


def _foreign(case: Case) -> Iterator[Problem]:
    """A sheet of somebody else's endangers nothing: it is kept out and named."""
    if case.findings.identity is None:
        for symbol in case.findings.foreign:
            yield Problem(PageProblem.QR_FOREIGN, Severity.WARNING, None, _rounded(_symbol_px(case, symbol)))


def _symbol_px(case: Case, symbol: Symbol) -> Box:
    return _clipped(case.findings, bounds(symbol.quad))


def _event(case: Case) -> Iterator[Problem]:
    identity = case.findings.identity
    if case.event and identity and identity.event and identity.event != case.event:
        read = next(place for place in case.findings.symbols if place.symbol is not None)
        box = _symbol_box(case, read.corner)
        yield _at(case, PageProblem.OTHER_EVENT, Severity.REJECTED, box, event=identity.event)


def _symbol_box(case: Case, corner: str) -> Box | None:
    kinds = [case.findings.kind] if case.findings.kind else list(case.form.kinds.values())[::-1]
    return next((place.box for kind in kinds for place in kind.symbols if place.corner == corner), None)


def _symbols(case: Case) -> Iterator[Problem]:
    """A page that one of its symbols names loses nothing yet; a page that none names cannot be counted."""
    findings = case.findings
    if findings.identity is None and findings.foreign:
        return
    named = findings.identity is not None
    harmed = [place for place in findings.symbols if place.state is SymbolState.DAMAGED]
    for place in findings.symbols:
        box = _symbol_box(case, place.corner)
        if place.state is SymbolState.OK or (findings.placed and box and is_cut_away(findings, box)):
            continue
        if not named and harmed and place.state is SymbolState.MISSING and not findings.placed:
            continue
        code = PageProblem.QR_DAMAGED if place.state is SymbolState.DAMAGED else PageProblem.QR_MISSING
        severity = Severity.WARNING if named else Severity.REJECTED
        yield _at(case, code, severity, box, corner=place.corner)


def _squares(case: Case) -> Iterator[Problem]:
    """Squares hold the answer sheet in place when it is read; other kinds of page have none and need none."""
    findings = case.findings
    if findings.kind is None or not findings.placed:
        return
    for place in findings.kind.squares:
        if place.name not in findings.squares and not is_cut_away(findings, place.box):
            yield _at(case, PageProblem.FIDUCIALS_MISSING, Severity.REJECTED, place.box, square=place.name)


def _edges(case: Case) -> Iterator[Problem]:
    for cut in cuts(case.findings, case.form.paper):
        severity = Severity.REJECTED if cut.harmful else Severity.WARNING
        depth = round(cut.depth_mm)
        yield _at(case, PageProblem.PAGE_CUT, severity, cut.strip_mm, edge=cut.edge, depth_mm=depth)


def _photo(case: Case) -> Iterator[Problem]:
    if case.measures.photo and (case.findings.identity or case.findings.placed or not case.findings.foreign):
        yield Problem(PageProblem.PHOTO_NOT_SCAN, Severity.REJECTED)


def _scale(case: Case) -> Iterator[Problem]:
    """Both directions off by more than the limit and the same way: the print was scaled, not the feed uneven."""
    across, down = case.measures.scale_x_pct, case.measures.scale_y_pct
    if across is None or down is None or case.findings.identity is None:
        return
    off = across - 100, down - 100
    read = sum(place.symbol is not None for place in case.findings.symbols) + len(case.findings.squares)
    limit = thresholds.SCALE_PCT if read > 1 else thresholds.SCALE_ONE_SYMBOL_PCT
    if off[0] * off[1] <= 0 or min(abs(off[0]), abs(off[1])) < limit:
        return
    mean = (across + down) / 2
    severe = abs(mean - 100) > thresholds.SCALE_REJECTED_PCT
    severity = Severity.REJECTED if severe else Severity.WARNING
    yield _at(case, PageProblem.PRINTED_SCALED, severity, _sheet(case), scale_pct=round(mean))


def _skew(case: Case) -> Iterator[Problem]:
    skew = case.measures.skew_deg
    least = thresholds.SKEW_DEG if case.findings.placed else thresholds.LEAN_DEG
    if skew is None or case.measures.photo or abs(skew) < least:
        return
    severity = Severity.REJECTED if abs(skew) > thresholds.SKEW_REJECTED_DEG else Severity.WARNING
    yield _at(case, PageProblem.SKEWED, severity, _sheet(case), skew_deg=round(skew, 1))


def _resolution(case: Case) -> Iterator[Problem]:
    dpi = case.measures.dpi
    if dpi is None or case.measures.photo or dpi >= thresholds.DPI:
        return
    severity = Severity.REJECTED if dpi < thresholds.DPI_REJECTED else Severity.WARNING
    yield _at(case, PageProblem.LOW_RESOLUTION, severity, _sheet(case), dpi=dpi)
