"""The order of the steps and the finish, for all states there can be."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.checklists import rules
from services.checklists.rules import Standing
from services.checklists.step import Kind
from services.checklists.variants import checklist_of
from services.checklists.variants.variant2 import VARIANT_2
from services.checklists.walk import Walk
from services.kits.counts import KitCounts
from tests.checklists.walks import ALL_YES, BY_HAND, LACKING, NOW, walk

ids = st.sampled_from([step.id for step in VARIANT_2])
declared = st.none() | st.integers(1, 2000)


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    number = draw(declared)
    complete = draw(st.integers(0, number or 0))
    finished = number is not None and number == complete and draw(st.booleans())
    return walk(
        complete=complete,
        declared=number,
        marked=frozenset(draw(st.sets(ids))),
        reported_self=draw(st.booleans()),
        finished_at=NOW if finished else None,
    )


def test_the_twelve_steps_are_those_of_the_order():
    assert [step.id for step in VARIANT_2] == [
        "sign_in", "download", "read", "workstation", "print", "fill",
        "sign_in_scanning", "participants", "install", "scan", "finish", "notice",
    ]  # fmt: skip
    assert [step.clause for step in VARIANT_2] == [f"2.2, {number}" for number in range(1, 13)]
    assert [checklist_of(variant) is None for variant in (1, 2, 3, 4)] == [True, False, True, True]


@given(walks())
def test_the_current_step_is_never_a_done_one(state: Walk):
    assert state.current is None or state.current.id not in state.done


@given(walks())
def test_nothing_is_current_only_when_all_that_counts_is_done(state: Walk):
    if state.current is None:
        assert state.finished
        assert state.coordinator_knows


@given(walks())
def test_every_step_before_the_current_one_is_done_unless_all_kits_are_there(state: Walk):
    if state.current is not None and not state.counts.all_there:
        place = VARIANT_2.index(state.current)
        assert all(step.id in state.done for step in VARIANT_2[:place])


@given(walks(), ids)
def test_a_step_that_is_not_open_cannot_be_marked(state: Walk, step_id: str):
    step = state.step(step_id)
    assert step is not None
    if rules.may_mark(state.checklist, step, state.done, state.counts, finished=state.finished):
        assert state.standing(step) == Standing.NOW
        assert step.by_hand
        assert not state.finished


@given(walks(), ids)
def test_a_mark_never_scans_finishes_or_tells(state: Walk, step_id: str):
    step = next(step for step in VARIANT_2 if step.id == step_id)
    if not step.by_hand:
        bare = replace(state, marked=state.marked - {step_id})
        assert (step_id in bare.done) == (step_id in replace(state, marked=state.marked | {step_id}).done)


@given(walks(), ids)
def test_undo_is_for_marked_steps_before_the_finish(state: Walk, step_id: str):
    step = next(step for step in VARIANT_2 if step.id == step_id)
    may = rules.may_undo(step, state.done, finished=state.finished)
    assert may == (step_id in BY_HAND and step_id in state.marked and not state.finished)


@given(declared, st.integers(0, 2000), st.booleans())
def test_finishing_needs_exactly_n_of_n(number: int | None, complete: int, finished: bool):
    may = rules.may_finish(KitCounts(number, complete), finished=finished)
    assert may == (number is not None and complete == number and not finished)


@given(walks())
def test_the_finish_is_current_as_soon_as_all_kits_are_there(state: Walk):
    if state.counts.all_there and not state.finished:
        assert state.current is not None
        assert state.current.kind == Kind.FINISH


@given(declared, st.booleans(), st.booleans())
def test_participants_are_free_until_a_page_counts(number: int | None, counted: bool, finished: bool):
    may = rules.may_change_participants(number, pages_counted=counted, finished=finished)
    assert may == (not finished and (number is None or not counted))


def test_scanning_opens_with_the_number_of_participants():
    scan = next(step for step in VARIANT_2 if step.kind == Kind.SCAN)
    assert walk().standing(scan) == Standing.LATER
    assert walk(declared=10).standing(scan) == Standing.NOW


@pytest.mark.parametrize("step_id", ["workstation", "print"])
def test_self_checks_know_what_is_open_and_what_is_lacking(step_id: str):
    step = next(step for step in VARIANT_2 if step.id == step_id)
    assert rules.unanswered(step, {}) == step.items
    assert rules.unanswered(step, {step.items[0].id: "maybe"}) == step.items
    assert rules.lacking(step, ALL_YES[step_id]["answers"]) == ()
    required = tuple(item for item in step.items if item.required)
    assert rules.lacking(step, LACKING[step_id]["answers"]) == required


def test_the_recommended_browser_is_no_minimum():
    step = next(step for step in VARIANT_2 if step.id == "workstation")
    answers = {**ALL_YES["workstation"]["answers"], "browser": "no"}
    assert rules.lacking(step, answers) == ()
