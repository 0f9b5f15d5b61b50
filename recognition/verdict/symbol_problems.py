"""Rules about the symbols: whose page it is, and what stands in the places where the form prints a symbol."""

from collections.abc import Iterator

from recognition.codes import PageProblem, Severity, SymbolState
from recognition.report import Problem
from recognition.verdict.case import Case, at, rounded, symbol_box, symbol_px
from recognition.verdict.edges import is_cut_away
from recognition.verdict.symbol_harm import harmed_symbols


def _foreign(case: Case) -> Iterator[Problem]:
    """A sheet of somebody else's endangers nothing: it is kept out and named."""
    if case.findings.identity is None:
        for symbol in case.findings.foreign:
            yield Problem(PageProblem.QR_FOREIGN, Severity.WARNING, None, rounded(symbol_px(case, symbol)))


def _event(case: Case) -> Iterator[Problem]:
    identity = case.findings.identity
    if case.event and identity and identity.event and identity.event != case.event:
        read = next(place for place in case.findings.symbols if place.symbol is not None)
        box = symbol_box(case, read.corner)
        yield at(case, PageProblem.OTHER_EVENT, Severity.REJECTED, box, event=identity.event)


def _symbols(case: Case) -> Iterator[Problem]:
    """A page that one of its symbols names loses nothing yet; a page that none names cannot be counted."""
    findings = case.findings
    if findings.identity is None and findings.foreign:
        return
    named = findings.identity is not None
    harmed = [place for place in findings.symbols if place.state is SymbolState.DAMAGED]
    for place in findings.symbols:
        box = symbol_box(case, place.corner)
        if place.state is SymbolState.OK or (findings.placed and box and is_cut_away(findings, box)):
            continue
        if not named and harmed and place.state is SymbolState.MISSING and not findings.placed:
            continue
        code = PageProblem.QR_DAMAGED if place.state is SymbolState.DAMAGED else PageProblem.QR_MISSING
        severity = Severity.WARNING if named else Severity.REJECTED
        yield at(case, code, severity, box, corner=place.corner)


RULES = (_foreign, _event, _symbols, harmed_symbols)
