"""One harm, one problem: what another problem of the page explains is not said beside it."""

from recognition.codes import PageProblem, Severity
from recognition.geometry.placement import Box, meet
from recognition.report import Problem

_HIDDEN = frozenset(
    {
        PageProblem.QR_MISSING,
        PageProblem.QR_DAMAGED,
        PageProblem.QR_DEFECT,
        PageProblem.QR_WEAK,
        PageProblem.MARK_OVER_SYMBOL,
        PageProblem.FIDUCIALS_MISSING,
        PageProblem.FIDUCIAL_DEFECT,
        PageProblem.STREAKS,
    }
)
"""What a fold does to the places that it covers."""
_OF_PAPER = frozenset({PageProblem.PRINTED_SCALED, PageProblem.PAGE_CUT})
_OF_BLUR = frozenset(
    {PageProblem.QR_WEAK, PageProblem.QR_DEFECT, PageProblem.MARK_OVER_SYMBOL, PageProblem.FIDUCIAL_DEFECT}
)
"""What blur makes of every symbol and square."""
_FLAP_MM = 12.0
"""The flap of a fold reaches beyond the corner that is gone."""


def without_effects(found: list[Problem]) -> list[Problem]:
    """The problems that no other one explains."""
    codes = {problem.code for problem in found}
    other_paper = any(one.code is PageProblem.WRONG_PAPER_SIZE and one.severity is not Severity.NOTE for one in found)
    folds = [problem.place_mm for problem in found if problem.code is PageProblem.FOLDED_CORNER]
    lines = [problem for problem in found if problem.code is PageProblem.STREAKS and "crosses" in problem.detail]
    return [
        problem
        for problem in found
        if not (problem.code in _HIDDEN and any(_near(problem.place_mm, fold) for fold in folds))
        and not (_of_line(problem) and any(_near(problem.place_mm, line.place_mm, 1.0) for line in lines))
        and not (problem.code in _OF_PAPER and other_paper)
        and not (problem.code is PageProblem.PRINTED_SCALED and PageProblem.TWO_PAGES_ON_ONE in codes)
        and not (_is_margin(problem) and PageProblem.FEED_STRETCHED in codes)
        and not ((problem.code in _OF_BLUR or _is_white_line(problem)) and PageProblem.BLURRED in codes)
        and not (problem.code is PageProblem.QR_WEAK and PageProblem.LOW_CONTRAST in codes)
    ]


def _of_line(problem: Problem) -> bool:
    """What a line along the feed does where it crosses a place."""
    return (problem.code is PageProblem.STREAKS and "corner" in problem.detail) or problem.code in (
        PageProblem.QR_DEFECT,
        PageProblem.MARK_OVER_SYMBOL,
        PageProblem.FIDUCIAL_DEFECT,
    )


def _is_white_line(problem: Problem) -> bool:
    return problem.code is PageProblem.STREAKS and not problem.detail.get("dark", True)


def _is_margin(problem: Problem) -> bool:
    """A margin that a stretched sheet pushes out of the picture."""
    return problem.code is PageProblem.PAGE_CUT and problem.severity is not Severity.REJECTED


def _near(a: Box | None, b: Box | None, slack: float = _FLAP_MM) -> bool:
    return a is not None and b is not None and meet(a, b, slack)
