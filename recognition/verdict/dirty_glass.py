"""Dirt on the scanner's glass: a line at one place of the picture over several pages of a set."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from recognition.codes import PageProblem
from recognition.geometry.frame import MM_PER_INCH
from recognition.report import PageReport, Problem
from recognition.verdict.thresholds import GLASS_MM, GLASS_PAGES

_LONG = 5.0


@dataclass(frozen=True, slots=True)
class _Mark:
    """A dark line of a page: `lying` across the picture, `at_mm` from the picture's left or upper edge."""

    page: int
    problem: Problem
    lying: bool
    at_mm: float


def with_dirty_glass(pages: Sequence[PageReport]) -> list[PageReport]:
    """The pages of a set in their order; lines at one place of GLASS_PAGES of them or more are dirt.

    A printer's drum draws a line too, but sheets never lie alike: its lines move by millimetres from page to page.
    """
    marks = [mark for number, page in enumerate(pages) for mark in _marks(number, page)]
    dirt = {id(mark.problem): (place, mark) for place, group in enumerate(_groups(marks)) for mark in group}
    return [_told(page, dirt) if page.problems else page for page in pages]


def _told(page: PageReport, dirt: Mapping[int, tuple[int, _Mark]]) -> PageReport:
    problems = tuple(_dirt(*dirt[id(one)]) if id(one) in dirt else one for one in page.problems)
    return page if problems == page.problems else replace(page, problems=problems)


def _dirt(place: int, mark: _Mark) -> Problem:
    side = "top" if mark.lying else "left"
    kept: dict[str, object] = {
        name: mark.problem.detail[name] for name in ("width_mm", "crosses") if name in mark.problem.detail
    }
    detail: dict[str, object] = {"edge": side, "at_mm": round(mark.at_mm), "place": place, **kept}
    return replace(mark.problem, code=PageProblem.DIRTY_GLASS, detail=detail)


def _marks(number: int, page: PageReport) -> Iterator[_Mark]:
    for problem in page.problems:
        place = problem.place_px
        if problem.code is not PageProblem.STREAKS or place is None or not page.dpi or not problem.detail.get("dark"):
            continue
        x, y, width, height = place
        if max(width, height) < _LONG * min(width, height) or "crosses" not in problem.detail:
            continue
        lying = width > height
        middle = y + height / 2 if lying else x + width / 2
        yield _Mark(number, problem, lying, middle / page.dpi * MM_PER_INCH)


def _groups(marks: Sequence[_Mark]) -> Iterator[list[_Mark]]:
    for lying in (False, True):
        group: list[_Mark] = []
        for mark in sorted((one for one in marks if one.lying is lying), key=lambda one: one.at_mm):
            if group and mark.at_mm - group[0].at_mm > GLASS_MM:
                yield from _enough(group)
                group = []
            group.append(mark)
        yield from _enough(group)


def _enough(group: list[_Mark]) -> Iterator[list[_Mark]]:
    if len({mark.page for mark in group}) >= GLASS_PAGES:
        yield group
