"""Rules about the black squares of the answer sheet."""

from collections.abc import Iterator

from recognition.codes import PageProblem, Severity
from recognition.form import SquarePlace
from recognition.pages.findings import Findings
from recognition.report import Problem
from recognition.verdict import thresholds
from recognition.verdict.case import Case, at
from recognition.verdict.edges import is_cut_away


def _missing(case: Case) -> Iterator[Problem]:
    """Squares hold the answer sheet in place when it is read; other kinds of page have none and need none."""
    for place in _standing(case):
        if is_missing(case.findings, place.name):
            yield at(case, PageProblem.FIDUCIALS_MISSING, Severity.REJECTED, place.box, square=place.name)


def _defects(case: Case) -> Iterator[Problem]:
    """A square that stands and is not whole. Where all are hollow alike, the scanner sees only edges of black."""
    seen = case.findings.square_conditions
    if seen and all(one.hollow for one in seen.values()):
        return
    for place in _standing(case):
        one = seen.get(place.name)
        if one is None or is_missing(case.findings, place.name):
            continue
        lost = max(one.lost_mm2, one.added_mm2) >= thresholds.SQUARE_LOST_MM2
        if lost or one.darkness < thresholds.SQUARE_DARKNESS:
            risk = place.name not in case.findings.squares  # we could not find it by its shape, so others may not
            severity, cause = Severity.REJECTED if risk else Severity.WARNING, "lost" if lost else "pale"
            yield at(case, PageProblem.FIDUCIAL_DEFECT, severity, place.box, square=place.name, cause=cause)


def _standing(case: Case) -> Iterator[SquarePlace]:
    """The squares that this page should have and that the picture's edge leaves whole. A photograph is taken anew."""
    findings = case.findings
    if findings.kind is not None and findings.placed and not case.measures.photo:
        yield from (place for place in findings.kind.squares if not is_cut_away(findings, place.box))


def is_missing(findings: Findings, name: str) -> bool:
    """True where no square was found and nothing like one stands in its place."""
    one = findings.square_conditions.get(name)
    return name not in findings.squares and (one is None or not one.stands)


RULES = (_missing, _defects)
