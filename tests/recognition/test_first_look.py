"""The quick first look takes a page only where nothing is lost by it."""

import numpy as np
import pytest

from recognition.codes import PageProblem
from recognition.files.raster import Raster
from recognition.form import Form
from recognition.geometry.frame import frame_of, work_copy
from recognition.pages.check import check_page
from recognition.pages.first_look import look_first
from recognition.symbols.reading import read
from tests.recognition.drawn import OTHER, PRACTICE, Gray, printed, raster, scanned


def texts(gray: Gray, form: Form = PRACTICE, dpi: int = 200) -> list[str | None]:
    page: Raster = raster(gray, dpi)
    frame = frame_of(page, form.paper)
    return sorted(symbol.text or "" for symbol in look_first(form, frame, work_copy(page, frame, form.paper)))


@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_straight_sheet_is_read_by_its_windows_alone(page: int, rotation: int) -> None:
    seen = scanned(printed(page=page), skew=1.0, rotation=rotation)
    assert texts(seen) == sorted(symbol.text for symbol in read(seen))
    assert len(texts(seen)) == 2


@pytest.mark.parametrize("harm", [{"scale": 0.9}, {"skew": 12.0}, {"shift": (60.0, 0.0)}])
def test_what_lies_otherwise_is_left_to_the_whole_search(harm: dict[str, float]) -> None:
    assert texts(scanned(printed(), **harm)) == []


def test_a_form_with_one_symbol_is_searched_whole() -> None:
    assert texts(scanned(printed(OTHER)), OTHER) == []


def test_two_sheets_on_one_glass_are_still_seen_as_two() -> None:
    both = np.hstack([scanned(printed(page=1)), scanned(printed(page=2))])
    assert texts(both) == []
    report, _ = check_page(0, raster(both), PRACTICE)
    assert PageProblem.TWO_PAGES_ON_ONE in {problem.code for problem in report.problems}


def test_a_symbol_that_is_lost_leaves_the_page_to_the_whole_search() -> None:
    sheet = printed()
    assert texts(scanned(sheet.paint(PRACTICE.kinds["answer_sheet"].symbols[0].box, 255))) == []
