"""Whatever people type where a number of participants is wanted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.checklists.read_number import NumberFault, read_number


@given(st.integers(1, 2000), st.sampled_from(["", " ", "\n", "\t ", "\u00a0"]))
def test_whole_numbers_in_range_are_read(number: int, space: str):
    assert read_number(f"{space}{number}{space}") == number


@pytest.mark.parametrize(("text", "number"), [("1 000", 1000), ("1\u00a0999", 1999), ("+5", 5), ("007", 7)])
def test_numbers_as_people_write_them(text: str, number: int):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("десять", NumberFault.WORDS),
        ("10 человек", NumberFault.WORDS),
        ("", NumberFault.WORDS),
        ("🔟", NumberFault.WORDS),
        ("1️⃣0️⃣", NumberFault.WORDS),
        ("x" * 4096, NumberFault.WORDS),
        ("-1", NumberFault.OUT_OF_RANGE),
        ("−1", NumberFault.OUT_OF_RANGE),
        ("0", NumberFault.OUT_OF_RANGE),
        ("2001", NumberFault.OUT_OF_RANGE),
        ("10 000", NumberFault.OUT_OF_RANGE),
        ("9" * 4000, NumberFault.OUT_OF_RANGE),
        ("1.5", NumberFault.NOT_WHOLE),
        ("1,5", NumberFault.NOT_WHOLE),
        ("10/2", NumberFault.NOT_WHOLE),
    ],
)
def test_everything_else_has_its_own_fault(text: str, fault: NumberFault):
    assert read_number(text) == fault


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str):
    result = read_number(text)
    assert isinstance(result, NumberFault) or 1 <= result <= 2000
