"""What may never be judged, whatever is measured."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recognition.sheets.comparison import Likeness
from recognition.sheets.decide import decide
from recognition.sheets.evidence import Evidence, Side
from recognition.sheets.probability import ENOUGH_MM2, one_sheet

NOWHERE = np.zeros((1, 1), np.bool_)
PARTS = st.floats(0, 1)


@st.composite
def sides(draw: st.DrawFn) -> Side:
    ink = draw(st.floats(0, 3000))
    missing = ink * draw(PARTS)
    return Side(
        ink=ink,
        missing=missing,
        far=missing * draw(PARTS),
        chance=draw(PARTS),
        margin=draw(st.floats(0, 500)),
        darkness=draw(st.floats(0, 255)),
        faintest=draw(st.floats(20, 110)),
        tonal=draw(st.booleans()),
        lacks=NOWHERE,
    )


@given(sides(), sides(), PARTS, PARTS)
def test_the_order_of_the_scans_does_not_matter(one: Side, other: Side, laid: float, shown: float) -> None:
    there = decide(Evidence(one, other, laid, shown))
    back = decide(Evidence(other, one, laid, shown))
    assert there[0] is back[0]


@given(sides(), sides(), PARTS)
def test_a_sheet_that_has_all_of_the_other_is_never_called_another(one: Side, other: Side, laid: float) -> None:
    """Dirt, a streak and later notes are on one side only."""
    whole = replace(one, missing=0.0, far=0.0, margin=0.0)
    if min(whole.ink, other.ink) >= ENOUGH_MM2:
        assert decide(Evidence(whole, other, laid, laid))[0] is not Likeness.DIFFERENT


@given(sides(), sides(), st.floats(0, 0.89))
def test_pages_that_do_not_lie_on_each_other_tell_nothing(one: Side, other: Side, laid: float) -> None:
    assert decide(Evidence(one, other, laid, laid)) == (Likeness.UNDECIDED, None, None)


@given(sides(), sides())
def test_empty_pages_are_never_the_same(one: Side, other: Side) -> None:
    little = replace(one, ink=min(one.ink, ENOUGH_MM2 * 0.99), missing=0.0, far=0.0)
    assert decide(Evidence(little, other, 1.0, 1.0))[0] is not Likeness.SAME


@given(sides(), sides())
def test_sheets_with_strokes_of_their_own_are_never_the_same(one: Side, other: Side) -> None:
    unlike = [replace(side, missing=max(side.missing, side.ink * 0.02)) for side in (one, other)]
    assert decide(Evidence(*unlike, 1.0, 1.0))[0] is not Likeness.SAME


def lone(darkness: float, *, tonal: tuple[bool, bool], crosswise: bool) -> Likeness:
    """A sheet full of writing against one without any; `tonal`: the full one, the empty one."""
    full = Side(400.0, 400.0, 400.0, 0.0, 0.0, darkness, 30.0, tonal[0], NOWHERE)
    empty = Side(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 30.0, tonal[1], NOWHERE)
    return decide(Evidence(*((empty, full) if crosswise else (full, empty)), 1.0, 1.0))[0]


@given(st.floats(0, 255), st.booleans())
def test_strokes_that_a_scan_would_have_lost_are_not_missed(darkness: float, crosswise: bool) -> None:
    def likeness(*, full: bool, empty: bool) -> Likeness:
        return lone(darkness, tonal=(full, empty), crosswise=crosswise)

    assert (likeness(full=True, empty=True) is Likeness.DIFFERENT) is (darkness >= 60)
    assert (likeness(full=True, empty=False) is Likeness.DIFFERENT) is (darkness >= 160)
    assert (likeness(full=False, empty=True) is Likeness.DIFFERENT) is (darkness >= 150)
    assert likeness(full=False, empty=False) is Likeness.UNDECIDED


@given(sides(), sides(), st.floats(1, 3))
def test_what_is_missing_more_never_speaks_for_one_sheet(one: Side, other: Side, more: float) -> None:
    def say(grow: float) -> float:
        grown = [replace(side, missing=side.missing * grow, far=side.far * grow) for side in (one, other)]
        return one_sheet(Evidence(*grown, 1.0, 1.0))

    assert 0 <= say(more) <= say(1) <= 1
