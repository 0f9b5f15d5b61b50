"""Kits out of file reports: complete, incomplete, surplus, and what N of N means."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition.codes import FileError, PageProblem, PageQr, Severity, Verdict
from recognition.form import practice_form
from recognition.report import FileReport, PageReport, Problem
from services.submissions.check_set import REQUIREMENTS, SetOutcome, check_set, outcome_json
from services.texts import load_texts

FORM = practice_form(4)


def page(kit: str | None, number: int | None, verdict: Verdict = Verdict.OK, *problems: Problem) -> PageReport:
    return PageReport(0, verdict, PageQr.OK, "TEST", kit, number, 4, "task", problems=problems)


def outcome(*files: Sequence[PageReport], participants: int = 2, require: str = "all") -> SetOutcome:
    reports = {f"{number}.pdf": FileReport(tuple(pages)) for number, pages in enumerate(files)}
    return check_set(reports, FORM, participants, require)


def whole(kit: str) -> list[PageReport]:
    return [page(kit, number) for number in (1, 2, 3, 4)]


def states(result: SetOutcome) -> dict[str, str]:
    return {kit.kit: kit.status for kit in result.kits}


def test_n_of_n_is_in_order() -> None:
    result = outcome(whole("1000001"), whole("1000002"))
    assert states(result) == {"1000001": "complete", "1000002": "complete"}
    assert result.in_order


def test_pages_of_one_kit_may_lie_in_any_files_and_come_twice() -> None:
    result = outcome(whole("1000001")[:2], whole("1000001"), whole("1000002")[::-1])
    assert result.in_order
    assert result.kits[0].pages_seen == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("require", "seen", "missing"),
    [
        ("all", (2, 4), (1, 3)),
        ("answer_sheet", (2, 3, 4), (1,)),
        ("answer_sheet", (1,), ()),
        ("answer_sheet+1", (1,), (2,)),
        ("answer_sheet+1", (1, 4), ()),
        ("answer_sheet+1", (), (1, 2)),
    ],
)
def test_what_a_kit_lacks_depends_on_what_is_required(
    require: str, seen: tuple[int, ...], missing: tuple[int, ...]
) -> None:
    pages = [page("1000001", number) for number in seen] or [page("1000001", 3, Verdict.REJECTED)]
    (kit,) = outcome(pages, require=require).kits
    assert kit.missing == missing
    assert kit.status == ("incomplete" if missing else "complete")


def test_a_rejected_page_does_not_count_and_is_not_in_order() -> None:
    result = outcome([*whole("1000001")[:3], page("1000001", 4, Verdict.REJECTED)], participants=1)
    assert states(result) == {"1000001": "incomplete"}
    assert not result.in_order
    assert outcome([*whole("1000001"), page("1000001", 4, Verdict.REJECTED)], participants=1).kits_complete == 1


def test_a_page_with_a_warning_counts() -> None:
    result = outcome([*whole("1000001")[:3], page("1000001", 4, Verdict.WARNING)], participants=1)
    assert result.in_order


def test_beyond_n_complete_kits_every_other_is_surplus() -> None:
    result = outcome(whole("1000009"), whole("1000001"), whole("1000003"), whole("1000004")[:1])
    assert states(result) == {
        "1000001": "complete",
        "1000003": "surplus",
        "1000004": "surplus",
        "1000009": "complete",
    }
    assert result.kits_complete == 2


def test_blank_and_foreign_pages_harm_nothing() -> None:
    others = [page(None, None, Verdict.BLANK), page(None, None, Verdict.FOREIGN)]
    assert outcome([*whole("1000001"), *others], participants=1).in_order


def test_a_refused_file_is_not_in_order() -> None:
    files = {"a.pdf": FileReport(tuple(whole("1000001"))), "b.pdf": FileReport(error=FileError.EMPTY_FILE)}
    assert not check_set(files, FORM, 1, "all").in_order


@given(
    seen=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), max_size=40),
    participants=st.integers(1, 6),
    require=st.sampled_from(REQUIREMENTS),
)
def test_however_pages_come(seen: list[tuple[int, int]], participants: int, require: str) -> None:
    pages = [page(f"100000{kit}", number) for kit, number in seen]
    once, twice = (outcome(pages * times, participants=participants, require=require) for times in (1, 2))
    assert once.kits == twice.kits, "the same pages again change nothing"
    assert once.kits_complete <= participants
    assert {kit.kit for kit in once.kits} == {one.kit for one in pages}
    surplus = any(kit.status == "surplus" for kit in once.kits)
    assert not surplus or once.kits_complete == participants
    assert all(not kit.missing for kit in once.kits if kit.status == "complete")


def test_json_has_exactly_the_published_keys() -> None:
    problem = Problem(PageProblem.PRINTED_SCALED, Severity.WARNING, (0, 0, 210, 297), None, {"scale_pct": 97})
    files = {
        "a.pdf": FileReport((page("1000001", 1, Verdict.WARNING, problem),)),
        "b.pdf": FileReport(error=FileError.TOO_MANY_PAGES, detail={"limit": 200}),
    }
    plain = outcome_json(check_set(files, FORM, 1, "answer_sheet"), load_texts("ru"))
    assert list(plain) == ["files", "kits", "summary"]
    assert list(plain["files"][0]) == ["path", "error", "pages"]
    assert plain["files"][1]["error"]["code"] == "too_many_pages"
    assert "200" in plain["files"][1]["error"]["message"]
    (shown,) = plain["files"][0]["pages"]
    assert list(shown) == [
        "index", "verdict", "kit", "page", "kind", "qr", "symbols", "fiducials", "rotation", "skew_deg",
        "scale_x_pct", "scale_y_pct", "dpi", "problems",
    ]  # fmt: skip
    assert list(shown["problems"][0]) == ["code", "severity", "place_mm", "place_px", "detail", "remedy"]
    assert plain["kits"] == [{"kit": "1000001", "status": "complete", "pages_seen": [1], "missing_pages": []}]
    assert plain["summary"] == {
        "files": 2, "pages": 1, "ok": 0, "warnings": 1, "rejected": 0,
        "kits_complete": 1, "participants": 1, "require": "answer_sheet",
    }  # fmt: skip
