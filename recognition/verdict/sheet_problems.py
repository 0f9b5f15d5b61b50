"""Rules about the sheet as a whole: its edges, its size and turn, the picture taken of it."""

from collections.abc import Iterator

from recognition.codes import PageProblem, Severity
from recognition.report import Problem
from recognition.verdict import paper_size, thresholds
from recognition.verdict.case import Case, at, whole_sheet
from recognition.verdict.edges import cuts
from recognition.verdict.paper_size import is_half_of_a_sheet


def _identity(case: Case) -> Iterator[Problem]:
    """A sheet that names two pages: two pages were printed on one side, which the Order forbids (2.2, step 5)."""
    if case.findings.others or is_half_of_a_sheet(case):
        yield at(case, PageProblem.TWO_PAGES_ON_ONE, Severity.REJECTED, whole_sheet(case))


def _edges(case: Case) -> Iterator[Problem]:
    for cut in cuts(case.findings, case.form.paper):
        severity = Severity.REJECTED if cut.harmful else Severity.WARNING
        depth = round(cut.depth_mm)
        yield at(case, PageProblem.PAGE_CUT, severity, cut.strip_mm, edge=cut.edge, depth_mm=depth)


def _photo(case: Case) -> Iterator[Problem]:
    if case.measures.photo and (case.findings.identity or case.findings.placed or not case.findings.foreign):
        yield Problem(PageProblem.PHOTO_NOT_SCAN, Severity.REJECTED)


def _scale(case: Case) -> Iterator[Problem]:
    """Both directions off by more than the limit and the same way: the print was scaled, not the feed uneven."""
    across, down = case.measures.scale_x_pct, case.measures.scale_y_pct
    if across is None or down is None or case.findings.identity is None:
        return
    off = across - 100, down - 100
    if is_half_of_a_sheet(case):
        return
    read = sum(place.symbol is not None for place in case.findings.symbols) + len(case.findings.squares)
    limit = thresholds.SCALE_PCT if read > 1 else thresholds.SCALE_ONE_SYMBOL_PCT
    if off[0] * off[1] <= 0 or min(abs(off[0]), abs(off[1])) < limit:
        return
    mean = (across + down) / 2
    severe = abs(mean - 100) > thresholds.SCALE_REJECTED_PCT
    severity = Severity.REJECTED if severe else Severity.WARNING
    yield at(case, PageProblem.PRINTED_SCALED, severity, whole_sheet(case), scale_pct=round(mean))


def _skew(case: Case) -> Iterator[Problem]:
    skew = case.measures.skew_deg
    least = thresholds.SKEW_DEG if case.findings.placed else thresholds.LEAN_DEG
    if skew is None or case.measures.photo or abs(skew) < least:
        return
    severity = Severity.REJECTED if abs(skew) > thresholds.SKEW_REJECTED_DEG else Severity.WARNING
    yield at(case, PageProblem.SKEWED, severity, whole_sheet(case), skew_deg=round(skew, 1))


def _resolution(case: Case) -> Iterator[Problem]:
    dpi = case.measures.dpi
    if dpi is None or case.measures.photo or dpi >= thresholds.DPI:
        return
    severity = Severity.REJECTED if dpi < thresholds.DPI_REJECTED else Severity.WARNING
    yield at(case, PageProblem.LOW_RESOLUTION, severity, whole_sheet(case), dpi=dpi)


def _feed(case: Case) -> Iterator[Problem]:
    """One direction off against the other: rollers that slip or pull stretch the way of the feed alone."""
    across, down = case.measures.scale_x_pct, case.measures.scale_y_pct
    if across is None or down is None or case.findings.identity is None or case.measures.photo:
        return
    apart = (down / across - 1) * 100
    if abs(apart) < thresholds.STRETCH_PCT:
        return
    axis = "down" if abs(down - 100) >= abs(across - 100) else "across"
    severity = Severity.REJECTED if abs(apart) > thresholds.STRETCH_REJECTED_PCT else Severity.WARNING
    percent = round(down if axis == "down" else across, 1)
    yield at(case, PageProblem.FEED_STRETCHED, severity, whole_sheet(case), axis=axis, scale_pct=percent)


RULES = (_identity, *paper_size.RULES, _edges, _photo, _scale, _feed, _skew, _resolution)
