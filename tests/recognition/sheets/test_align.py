"""Pages are laid on each other by their print, whatever a feed has done to one of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognition.form import PageKind
from recognition.sheets.align import Field, align, moved
from recognition.sheets.areas import areas_of
from recognition.sheets.flat import PX_PER_MM, Gray, ink_of
from tests.recognition.drawn import PRACTICE, printed, scanned

DPI = round(PX_PER_MM * 25.4)


def page(seed: int = 0) -> Gray:
    """The ink of an answer sheet, lying as the form says."""
    width, height = (round(side * PX_PER_MM) for side in PRACTICE.paper)
    gray = scanned(printed(), DPI, seed=seed)
    flat = np.full((height, width), 255, np.uint8)
    flat[: gray.shape[0], : gray.shape[1]] = gray[:height, :width]
    return ink_of(flat)


def displaced(ink: Gray, x: float, y: float, stretch: float) -> Gray:
    """The page as a field of known shifts lays it: mm, and a stretch down the page."""
    field = Field(np.array([(x, y), (0.0, 0.0), (0.0, stretch * 100)]), 1)
    return moved(field, ink)[0]


SHIFTS = st.floats(-2.0, 2.0)


@settings(max_examples=6, deadline=None)
@given(SHIFTS, SHIFTS, st.floats(-0.005, 0.005))
def test_a_known_shift_and_stretch_are_found(x: float, y: float, stretch: float) -> None:
    whole = page()
    found = align(displaced(whole, x, y, stretch), page(seed=1))
    at = np.array([(30.0, 70.0), (105.0, 150.0), (180.0, 240.0)])
    true = np.column_stack([np.full(3, x), y + stretch * (at[:, 1] - 150)])
    assert np.abs(found.shift(at) - true).max() < 0.15


@pytest.mark.parametrize("page_number", [1, 2])
def test_writing_is_looked_for_in_fields_and_print_outside(page_number: int) -> None:
    kind = PRACTICE.kind_of(page_number)
    areas = areas_of(kind, PRACTICE)
    assert not (areas.writing & areas.margin).any()
    for x, y, width, height in kind.fields:
        assert areas.writing[round((y + height / 2) * PX_PER_MM), round((x + width / 2) * PX_PER_MM)]
        assert not areas.writing[round(y * PX_PER_MM), round(x * PX_PER_MM)], "the frame is print"
    for place in kind.symbols:
        x, y, width, height = place.box
        assert not areas.margin[round((y + height / 2) * PX_PER_MM), round((x + width / 2) * PX_PER_MM)]


def test_a_form_that_names_no_fields_has_no_writing() -> None:
    bare = PageKind("task", (), ())
    assert not areas_of(bare, PRACTICE).writing.any()
    assert areas_of(None, PRACTICE).margin.any()
