"""Rules about the black squares of the answer sheet."""

from collections.abc import Iterator

from recognition.codes import PageProblem, Severity
from recognition.report import Problem
from recognition.verdict.case import Case, at
from recognition.verdict.edges import is_cut_away


def _squares(case: Case) -> Iterator[Problem]:
    """Squares hold the answer sheet in place when it is read; other kinds of page have none and need none."""
    findings = case.findings
    if findings.kind is None or not findings.placed:
        return
    for place in findings.kind.squares:
        if place.name not in findings.squares and not is_cut_away(findings, place.box):
            yield at(case, PageProblem.FIDUCIALS_MISSING, Severity.REJECTED, place.box, square=place.name)


RULES = (_squares,)
