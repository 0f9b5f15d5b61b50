"""Pages of one number among the files of a set: the same sheet again, or a file that was printed twice."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from recognition.codes import PageProblem, Severity, Verdict
from recognition.form import Form
from recognition.report import FileReport, PageReport, Problem
from recognition.sheets import Comparison, Likeness, Spot

Compare = Callable[[Sequence[tuple[Spot, Spot]], Form], Awaitable[list[Comparison]]]
Files = Mapping[str, FileReport]
Named = Mapping[Spot, float]

_MOST_SHEETS = 4
"""Of one number: empty pages cannot be told apart however often they are scanned."""


async def name_repeats(files: Files, form: Form, compare: Compare) -> dict[str, FileReport]:
    """The reports with `same_sheet_again` and `double_print` where a page comes more than once.

    Each scan is compared with those before it that are not known to repeat one another; what is like none of them and
    unlike at least one is another sheet. A scan of which nothing can be said gets no finding.
    """
    numbers = [_Number(spots[:1], spots[1:]) for spots in _repeated(files)]
    while pairs := [pair for number in numbers for pair in number.asked()]:
        answers = iter(await compare(pairs, form))
        for number in numbers:
            if asked := number.asked():
                number.hear([next(answers) for _ in asked])
    again = {spot: likely for number in numbers for spot, likely in number.again.items()}
    double = {spot: likely for number in numbers for spot, likely in number.double.items()}
    return {path: _named(path, report, again, double) for path, report in files.items()}


@dataclass(slots=True)
class _Number:
    """The scans of one page of one kit: those that are no other's repeat as far as can be told, and those to come."""

    sheets: list[Spot]
    waiting: list[Spot]
    again: dict[Spot, float] = field(default_factory=dict)
    double: dict[Spot, float] = field(default_factory=dict)
    """With the probability of one sheet: with the scan that it repeats, and with the one it is least like."""

    def asked(self) -> list[tuple[Spot, Spot]]:
        """The next scan with each sheet known so far."""
        return [(sheet, self.waiting[0]) for sheet in self.sheets] if self.waiting else []

    def hear(self, answers: list[Comparison]) -> None:
        """What came of the pairs that were asked for."""
        spot = self.waiting.pop(0)
        if same := [_likely(answer, 1.0) for answer in answers if answer.likeness is Likeness.SAME]:
            self.again[spot] = max(same)
            return
        for sheet, answer in zip(self.sheets, answers, strict=True):
            if answer.likeness is Likeness.DIFFERENT:
                for one in (sheet, spot):
                    self.double[one] = min(_likely(answer, 0.0), self.double.get(one, 1.0))
        if len(self.sheets) < _MOST_SHEETS:
            self.sheets.append(spot)


def _likely(answer: Comparison, otherwise: float) -> float:
    return otherwise if answer.probability is None else answer.probability


def _repeated(files: Files) -> list[list[Spot]]:
    """Scans that name the same page, where there is more than one, in the order of the files."""
    seen: dict[tuple[str | None, str, int], list[Spot]] = {}
    for path, report in files.items():
        for page in report.pages:
            if page.kit is not None and page.page is not None:
                seen.setdefault((page.event, page.kit, page.page), []).append(Spot(Path(path), page.index))
    return [spots for spots in seen.values() if len(spots) > 1]


def _named(path: str, report: FileReport, again: Named, double: Named) -> FileReport:
    pages = tuple(_page(page, Spot(Path(path), page.index), again, double) for page in report.pages)
    return replace(report, pages=pages)


def _page(page: PageReport, spot: Spot, again: Named, double: Named) -> PageReport:
    if spot in double:
        problem = Problem(PageProblem.DOUBLE_PRINT, Severity.REJECTED, detail=_detail(double[spot]))
        return replace(page, verdict=Verdict.REJECTED, problems=(problem, *page.problems))
    if spot in again:
        note = Problem(PageProblem.SAME_SHEET_AGAIN, Severity.NOTE, detail=_detail(again[spot]))
        return replace(page, problems=(*page.problems, note))
    return page


def _detail(likely: float) -> dict[str, float]:
    return {"probability": round(likely, 3)}
