"""All rules that turn findings into problems of a page."""

from recognition.codes import PageProblem, Severity
from recognition.report import Problem
from recognition.verdict import sheet_problems, square_problems, surface_problems, symbol_problems
from recognition.verdict.case import Case
from recognition.verdict.causes import without_effects

_RULES = (*symbol_problems.RULES, *square_problems.RULES, *sheet_problems.RULES, *surface_problems.RULES)


def problems(case: Case) -> list[Problem]:
    """The problems of a page, worst first."""
    if case.findings.blank:
        return [Problem(PageProblem.BLANK_PAGE, Severity.NOTE)]
    found = without_effects([problem for rule in _RULES for problem in rule(case)])
    order = list(Severity)
    return sorted(found, key=lambda problem: order.index(problem.severity))
