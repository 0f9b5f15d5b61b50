"""What may never be judged, whatever is measured."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recognition.sheets.comparison import Likeness
from recognition.sheets.decide import ENOUGH_MM2, decide
from recognition.sheets.evidence import Evidence, Side

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
        lacks=NOWHERE,
    )


TONAL = st.tuples(st.booleans(), st.booleans())


@given(sides(), sides(), PARTS, PARTS, TONAL)
def test_the_order_of_the_scans_does_not_matter(
    one: Side, other: Side, laid: float, shown: float, tonal: tuple[bool, bool]
) -> None:
    there = decide(Evidence(one, other, laid, shown), tonal)
    back = decide(Evidence(other, one, laid, shown), tonal[::-1])
    assert there[0] is back[0]


@given(sides(), sides(), PARTS, TONAL)
def test_a_sheet_that_has_all_of_the_other_is_never_called_another(
    one: Side, other: Side, laid: float, tonal: tuple[bool, bool]
) -> None:
    """Dirt, a streak and later notes are on one side only."""
    whole = replace(one, missing=0.0, far=0.0, margin=0.0)
    if min(whole.ink, other.ink) >= ENOUGH_MM2:
        assert decide(Evidence(whole, other, laid, laid), tonal)[0] is not Likeness.DIFFERENT


@given(sides(), sides(), st.floats(0, 0.89), TONAL)
def test_pages_that_do_not_lie_on_each_other_tell_nothing(
    one: Side, other: Side, laid: float, tonal: tuple[bool, bool]
) -> None:
    assert decide(Evidence(one, other, laid, laid), tonal) == (Likeness.UNDECIDED, None)


@given(sides(), sides(), TONAL)
def test_empty_pages_are_never_the_same(one: Side, other: Side, tonal: tuple[bool, bool]) -> None:
    little = replace(one, ink=min(one.ink, ENOUGH_MM2 * 0.99), missing=0.0, far=0.0)
    assert decide(Evidence(little, other, 1.0, 1.0), tonal)[0] is not Likeness.SAME


@given(sides(), sides(), TONAL)
def test_sheets_with_strokes_of_their_own_are_never_the_same(one: Side, other: Side, tonal: tuple[bool, bool]) -> None:
    unlike = [replace(side, missing=max(side.missing, side.ink * 0.02)) for side in (one, other)]
    assert decide(Evidence(*unlike, 1.0, 1.0), tonal)[0] is not Likeness.SAME


@given(st.floats(0, 179), st.booleans())
def test_pale_strokes_are_not_missed_where_a_scan_would_have_lost_them(darkness: float, crosswise: bool) -> None:
    pencil = Side(400.0, 400.0, 400.0, 0.0, 0.0, darkness, 30.0, NOWHERE)
    nothing = Side(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 30.0, NOWHERE)
    pair = (nothing, pencil) if crosswise else (pencil, nothing)
    assert decide(Evidence(*pair, 1.0, 1.0), (False, False))[0] is Likeness.UNDECIDED
    assert decide(Evidence(*pair, 1.0, 1.0), (True, True))[0] is (
        Likeness.DIFFERENT if darkness >= 60 else Likeness.UNDECIDED
    )
