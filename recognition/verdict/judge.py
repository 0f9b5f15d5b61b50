"""From what was seen to the report of a page."""

from recognition.codes import PageQr, Severity, SymbolState, Verdict
from recognition.form import Form
from recognition.pages.findings import Findings, PlacedSymbol
from recognition.report import Fiducials, PageReport, Problem, SymbolReading
from recognition.symbols.quality import QUALITY_FIGURES
from recognition.verdict.case import Case
from recognition.verdict.measures import measure
from recognition.verdict.problems import problems
from recognition.verdict.square_problems import is_missing


def judge(index: int, findings: Findings, form: Form, event: str | None) -> PageReport:
    """The report of one page. `event`: pages of another event are refused."""
    measures = measure(findings, form.paper)
    found = problems(Case(findings, measures, form, event))
    identity = findings.identity
    return PageReport(
        index=index,
        verdict=_verdict(findings, found),
        qr=_qr(findings),
        event=identity.event if identity else None,
        kit=identity.kit if identity else None,
        page=identity.page if identity else None,
        pages=identity.pages if identity else None,
        kind=findings.kind.name if findings.kind else None,
        symbols=tuple(_reading(place) for place in findings.symbols),
        fiducials=_fiducials(findings),
        rotation=measures.rotation,
        skew_deg=_rounded(measures.skew_deg),
        scale_x_pct=_rounded(measures.scale_x_pct),
        scale_y_pct=_rounded(measures.scale_y_pct),
        dpi=measures.dpi,
        width_px=findings.frame.width,
        height_px=findings.frame.height,
        problems=tuple(found),
    )


def _verdict(findings: Findings, found: list[Problem]) -> Verdict:
    if findings.blank:
        return Verdict.BLANK
    if _qr(findings) is PageQr.FOREIGN:
        return Verdict.FOREIGN
    severities = {problem.severity for problem in found}
    if Severity.REJECTED in severities:
        return Verdict.REJECTED
    return Verdict.WARNING if Severity.WARNING in severities else Verdict.OK


def _qr(findings: Findings) -> PageQr:
    if findings.identity:
        return PageQr.OK
    if findings.foreign:
        return PageQr.FOREIGN
    harmed = any(place.state is SymbolState.DAMAGED for place in findings.symbols)
    return PageQr.DAMAGED if harmed else PageQr.MISSING


def _fiducials(findings: Findings) -> Fiducials:
    if findings.kind is None:
        return Fiducials(0, 0)
    names = [place.name for place in findings.kind.squares]
    missing = tuple(name for name in names if is_missing(findings, name))
    return Fiducials(len(names), len(names) - len(missing), missing)


def _reading(place: PlacedSymbol) -> SymbolReading:
    quality = place.quality
    if quality is None:
        return SymbolReading(place.corner, place.state)
    figures = {name: round(float(getattr(quality, name)), 3) for name in QUALITY_FIGURES}
    grade = quality.grade if place.state is SymbolState.OK else None
    return SymbolReading(place.corner, place.state, grade, figures | {"wrong_modules": quality.wrong_modules})


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 2)
