"""Lines, blur, pale print, folds and other paper, drawn here; the simulator's own defects are in test_corpus."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from recognition.codes import PageProblem, Severity
from recognition.pages.check import check_page
from recognition.report import PageReport
from recognition.verdict.dirty_glass import with_dirty_glass
from tests.recognition.drawn import PRACTICE, jpeg_raster, printed, scanned

DPI = 150
Picture = NDArray[np.uint8]


def report_of(picture: Picture, dpi: int = DPI) -> PageReport:
    return check_page(0, jpeg_raster(np.ascontiguousarray(picture), dpi), PRACTICE)[0]


def codes(report: PageReport) -> set[str]:
    return {problem.code.value for problem in report.problems}


def px(mm: float) -> int:
    return round(mm * DPI / 25.4)


def page(number: int = 2, skew: float = 0.3) -> Picture:
    return scanned(printed(page=number), DPI, skew=skew)


def with_line(picture: Picture, at_mm: float, grey: int, lying: bool = False) -> Picture:
    marked = picture.copy()
    if lying:
        marked[px(at_mm) : px(at_mm) + 2] = grey
    else:
        marked[:, px(at_mm) : px(at_mm) + 2] = grey
    return marked


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("lying", [False, True])
@pytest.mark.parametrize("grey", [20, 170])
def test_a_dark_line_is_told_where_it_runs(number: int, lying: bool, grey: int) -> None:
    found = [
        problem
        for problem in report_of(with_line(page(number), 92.0, grey, lying)).problems
        if problem.code is PageProblem.STREAKS
    ]
    assert len(found) == 1
    x, y, width, height = found[0].place_px or (0, 0, 0, 0)
    assert (y + height / 2 if lying else x + width / 2) == pytest.approx(px(92.0), abs=4)
    assert max(width, height) > 1000
    assert found[0].detail["dark"] is True


def test_a_line_names_the_symbol_that_it_crosses() -> None:
    box = PRACTICE.kind_of(2).symbols[0].box
    report = report_of(with_line(page(2, 0.0), box[0] + 10.0, 20))
    told = next(problem for problem in report.problems if problem.code is PageProblem.STREAKS)
    assert f"symbol:{PRACTICE.kind_of(2).symbols[0].corner}" in told.detail["crosses"]


def test_noise_is_no_line() -> None:
    rng = np.random.default_rng(1)
    clean = page(1).astype(np.float64)
    for sigma in (6.0, 25.0):
        assert report_of(np.clip(clean + rng.normal(0, sigma, clean.shape), 0, 255).astype(np.uint8)).problems == ()


@pytest.mark.parametrize("sigma_mm", [0.22, 0.4])
def test_blur_in_one_direction_or_both_is_told(sigma_mm: float) -> None:
    sigma = sigma_mm * DPI / 25.4
    even = cv2.GaussianBlur(page(1), (0, 0), sigma)
    jerked = cv2.GaussianBlur(page(1), (1, 2 * round(3 * sigma) + 1), 0.01, sigmaY=sigma)
    assert "blurred" in codes(report_of(np.asarray(even, np.uint8)))
    assert "blurred" in codes(report_of(np.asarray(jerked, np.uint8)))


def test_pale_print_is_told_and_grey_paper_is_not() -> None:
    clean = page(1).astype(np.float64)
    assert codes(report_of((150 + clean * 60 / 255).astype(np.uint8))) == {"low_contrast"}
    assert report_of((clean * 175 / 255).astype(np.uint8)).problems == ()


@pytest.mark.parametrize("lid", [12, 252])
@pytest.mark.parametrize("corner", ["top_left", "bottom_right"])
def test_a_corner_folded_to_the_back_is_told(lid: int, corner: str) -> None:
    picture = page(2, 0.0)
    height, width = picture.shape
    leg = px(24.0)
    points = [(0, 0), (leg, 0), (0, leg)]
    if corner == "bottom_right":
        points = [(width - x, height - y) for x, y in points]
    shade = np.minimum(picture, 240)
    cv2.fillPoly(shade, [np.array(points, np.int32)], lid, cv2.LINE_AA)
    told = [problem for problem in report_of(shade).problems if problem.code is PageProblem.FOLDED_CORNER]
    assert [problem.detail["corner"] for problem in told] == [corner]


def test_print_on_other_paper_is_told_and_a_trimmed_sheet_is_not() -> None:
    sheet = page(1, 0.0)
    small = cv2.resize(sheet, (px(148), px(210)), interpolation=cv2.INTER_AREA)
    report = report_of(np.asarray(small, np.uint8))
    assert codes(report) == {"wrong_paper_size"}
    assert report.problems[0].severity is Severity.REJECTED
    assert report_of(sheet[px(2) : -px(2), px(2) : -px(2)]).problems == ()


def test_a_stretched_feed_is_no_scaled_print() -> None:
    for number in (1, 2):
        tall = cv2.resize(page(number), None, fx=1.0, fy=1.025, interpolation=cv2.INTER_LINEAR)
        assert codes(report_of(np.asarray(tall, np.uint8))) == {"feed_stretched"}


def test_one_line_over_three_pages_is_dirt_on_the_glass() -> None:
    reports = [report_of(with_line(page(number, skew), 60.0, 40)) for number, skew in ((1, 0.2), (2, -0.3), (2, 0.4))]
    told = with_dirty_glass(reports)
    assert all(codes(report) == {"dirty_glass"} for report in told)
    assert {problem.detail["at_mm"] for report in told for problem in report.problems} == {60}
    assert with_dirty_glass(reports[:2]) == reports[:2]


def test_lines_at_other_places_are_not_the_glass() -> None:
    reports = [report_of(with_line(page(2), at, 40)) for at in (40.0, 60.0, 80.0)]
    assert all(codes(report) == {"streaks"} for report in with_dirty_glass(reports))
