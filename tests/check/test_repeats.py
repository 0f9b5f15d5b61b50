"""`aprobot check` over files that name one page more than once: the same sheet, another sheet, or nobody knows."""

import json
from pathlib import Path
from typing import Any

import pytest

from recognition.codes import PageProblem, Severity, Verdict
from recognition.report import FileReport, Problem
from recognition.sheets import Comparison, Likeness, Spot
from services.submissions.check_repeats import name_repeats
from tests.check.test_check_set import FORM, page, states
from tests.check.test_check_set import outcome as set_outcome
from tests.check.test_command import check
from tests.recognition.sheets.stack import Stack


def said(folder: Path, files: list[Spot]) -> dict[str, Any]:
    done = check(*(spot.path.name for spot in files), "--participants", 1, "--json", folder=folder)
    assert done.stderr == ""
    return dict(json.loads(done.stdout))


def findings(outcome: dict[str, Any]) -> list[tuple[str, list[str]]]:
    pages = [page for file in outcome["files"] for page in file["pages"]]
    return [(page["verdict"], [problem["code"] for problem in page["problems"]]) for page in pages]


def likely(outcome: dict[str, Any]) -> list[list[float]]:
    pages = [page for file in outcome["files"] for page in file["pages"]]
    return [[problem["detail"]["probability"] for problem in page["problems"]] for page in pages]


def test_a_double_print_is_rejected_and_a_repeat_is_noted(tmp_path: Path) -> None:
    stack = Stack(tmp_path)
    first, again = stack.scan(hand=5), stack.scan(hand=5, seed=2, mode="bilevel", rotation=90)
    outcome = said(tmp_path, [first, again])
    assert findings(outcome) == [("ok", []), ("ok", ["same_sheet_again"])]
    assert outcome["kits"][0]["status"] == "complete"
    assert likely(outcome) == [[], [pytest.approx(0.98, abs=0.03)]]

    outcome = said(tmp_path, [first, again, stack.scan(hand=6, seed=3)])
    double = ("rejected", ["double_print"])
    assert findings(outcome) == [double, ("ok", ["same_sheet_again"]), double]
    double_print, same, _ = likely(outcome)
    assert double_print[0] <= 0.05 < 0.9 <= same[0]
    assert outcome["kits"][0]["status"] == "conflict"
    assert outcome["summary"]["kits_complete"] == 0


async def named(likeness: dict[tuple[str, str], Likeness], files: int) -> list[list[str]]:
    """Codes by file, where each file is one scan of one page and these pairs are alike or not."""

    async def compare(pairs: Any, _form: Any) -> list[Comparison]:
        return [Comparison(likeness.get((a.path.name, b.path.name), Likeness.UNDECIDED)) for a, b in pairs]

    reports = {str(number): FileReport((page("1000001", 1),)) for number in range(files)}
    found = await name_repeats(reports, FORM, compare)
    return [[problem.code.value for problem in report.pages[0].problems] for report in found.values()]


async def test_a_scan_is_compared_with_all_that_are_not_known_to_be_alike() -> None:
    """The first scan is too poor to tell; the second and the third are two sheets all the same."""
    assert await named({("1", "2"): Likeness.DIFFERENT}, 3) == [[], ["double_print"], ["double_print"]]


async def test_what_is_like_one_of_the_sheets_is_no_third_one() -> None:
    likeness = {("0", "1"): Likeness.DIFFERENT, ("0", "2"): Likeness.DIFFERENT, ("1", "2"): Likeness.SAME}
    assert await named(likeness, 3) == [["double_print"], ["double_print"], ["same_sheet_again"]]


async def test_of_empty_pages_nothing_is_said() -> None:
    assert await named({}, 6) == [[]] * 6


def test_a_kit_in_conflict_is_neither_complete_nor_surplus() -> None:
    torn = page("1000001", 1, Verdict.REJECTED, Problem(PageProblem.DOUBLE_PRINT, Severity.REJECTED))
    sound = [page("1000001", number) for number in (1, 2, 3, 4)]
    result = set_outcome([torn], sound, participants=1)
    assert states(result) == {"1000001": "conflict"}
    assert not result.in_order
