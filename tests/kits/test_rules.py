"""Which pages a kit must have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kits.rules import Missing, by_number, missing_pages

RULES = st.sampled_from(["answer_sheet", "answer_sheet+1", "all"])
PAGES = st.integers(1, 12)


@given(RULES, PAGES, st.data())
def test_a_page_more_never_makes_more_missing(require: str, pages: int, data: st.DataObject) -> None:
    seen = data.draw(st.sets(st.integers(1, pages)))
    more = seen | {data.draw(st.integers(1, pages))}
    before, after = missing_pages(require, pages, seen), missing_pages(require, pages, more)
    assert set(after.pages) <= set(before.pages)
    assert before.any_task or not after.any_task


@given(RULES, PAGES)
def test_all_pages_are_always_enough_and_none_never(require: str, pages: int) -> None:
    assert missing_pages(require, pages, range(1, pages + 1)).nothing
    assert 1 in missing_pages(require, pages, ()).pages


@given(PAGES.filter(lambda pages: pages > 1), st.data())
def test_the_answer_sheet_and_any_one_task_page(pages: int, data: st.DataObject) -> None:
    task = data.draw(st.integers(2, pages))
    assert missing_pages("answer_sheet+1", pages, {1, task}) == Missing()
    assert missing_pages("answer_sheet+1", pages, {1}) == Missing(any_task=True)
    assert missing_pages("answer_sheet+1", pages, {task}) == Missing((1,))
    assert missing_pages("answer_sheet+1", 1, {1}).nothing, "a form of one page has no task page to ask for"


def test_all_names_the_pages_that_are_missing() -> None:
    assert missing_pages("all", 4, {2}) == Missing((1, 3, 4))
    assert missing_pages("answer_sheet", 4, {2, 3, 4}) == Missing((1,))


def test_an_unknown_rule_is_not_taken_for_an_easy_one() -> None:
    with pytest.raises(ValueError, match="half"):
        missing_pages("half", 4, {1})


def test_numbers_are_listed_as_people_count() -> None:
    assert sorted(["10", "9", "100"], key=by_number) == ["9", "10", "100"]
