"""The Order wants every QR and every square without print defects: what is one, and what is none."""

import cv2
import numpy as np
import pytest

from recognition.codes import Severity, Verdict
from recognition.pages.check import check_page
from recognition.report import PageReport
from tests.recognition.drawn import KIT, PAPER_DPI, PRACTICE, Gray, Paper, printed, raster, scanned

SQUARE = PRACTICE.kind_of(1).squares[2].box
"""middle_left: paper all around it."""
SYMBOL = PRACTICE.kind_of(1).symbols[0].box
MM = PAPER_DPI / 25.4


def seen(paper: Paper | Gray, dpi: int = 200) -> PageReport:
    return check_page(0, raster(scanned(paper, dpi, skew=0.4), dpi), PRACTICE, "TEST")[0]


def codes(report: PageReport) -> set[str]:
    return {problem.code.value for problem in report.problems}


def drop(paper: Paper, x: float, y: float, radius: float, value: int) -> Paper:
    """A round spot at a point of the sheet, mm."""
    harmed = paper.gray.copy()
    cv2.circle(harmed, (round(x * MM), round(y * MM)), round(radius * MM), value, -1)
    return Paper(paper.form, harmed)


def stroke(paper: Paper, start: tuple[float, float], end: tuple[float, float], width: float, value: int) -> Paper:
    harmed = paper.gray.copy()
    ends = [tuple(round(side * MM) for side in point) for point in (start, end)]
    cv2.line(harmed, ends[0], ends[1], value, max(1, round(width * MM)))
    return Paper(paper.form, harmed)


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize(
    ("x", "y", "radius", "value"),
    [(3.5, 3.5, 0.8, 255), (1.5, 5.0, 0.8, 255), (7.0, 3.0, 1.2, 255), (0.0, 3.5, 1.2, 0), (7.0, 7.0, 1.3, 0)],
    ids=["void", "void near the edge", "bite", "drop on an edge", "drop on a corner"],
)
def test_a_square_with_a_void_a_bite_or_a_drop_is_a_warning(
    x: float, y: float, radius: float, value: int, dpi: int
) -> None:
    report = seen(drop(printed(), SQUARE[0] + x, SQUARE[1] + y, radius, value), dpi)
    assert codes(report) == {"fiducial_defect"}
    (problem,) = report.problems
    assert (problem.severity, problem.place_mm, problem.detail["square"]) == (Severity.WARNING, SQUARE, "middle_left")
    assert report.fiducials.missing == ()
    assert report.verdict is Verdict.WARNING


def test_a_pale_square_is_told_and_an_empty_place_is_missing() -> None:
    assert "fiducial_defect" in codes(seen(printed().paint(SQUARE, 150)))
    assert codes(seen(printed().paint(SQUARE, 255, grow=0.5))) == {"fiducials_missing"}


@pytest.mark.parametrize(
    "harmless",
    [
        lambda sheet: drop(sheet, SQUARE[0] + 3.5, SQUARE[1] + 3.5, 0.15, 255),
        lambda sheet: drop(sheet, SQUARE[0] + 9.5, SQUARE[1] + 3.5, 0.8, 0),
        lambda sheet: stroke(sheet, (SQUARE[0] + 5, SQUARE[1] + 9), (SQUARE[0] + 20, SQUARE[1] + 14), 0.5, 40),
        lambda sheet: stroke(sheet, (SQUARE[0] + 3, SQUARE[1] + 3), (SQUARE[0] + 20, SQUARE[1] + 12), 0.5, 40),
        lambda sheet: drop(sheet, SYMBOL[0] + 12, SYMBOL[1] + 12, 0.15, 255),
    ],
    ids=["dust in a square", "spot beside it", "pen near it", "pen out of it", "dust in a symbol"],
)
def test_dust_and_pens_beside_are_no_print_defects(harmless: object) -> None:
    assert codes(seen(harmless(printed()))) == set()


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize(("radius", "value"), [(1.0, 255), (1.3, 0), (2.2, 255)])
def test_a_spot_in_a_symbol_is_told_though_it_is_read(radius: float, value: int, dpi: int) -> None:
    middle = SYMBOL[0] + 13.0, SYMBOL[1] + 14.0
    report = seen(drop(printed(), *middle, radius, value), dpi)
    assert codes(report) == {"qr_defect"}
    (problem,) = report.problems
    assert problem.severity is Severity.WARNING
    assert report.kit == KIT
    x, y, width, height = problem.place_mm or (0, 0, 0, 0)
    assert x - 1 <= middle[0] <= x + width + 1
    assert y - 1 <= middle[1] <= y + height + 1


def test_a_pen_across_a_symbol_is_a_mark_whether_it_is_read_or_not() -> None:
    thin = stroke(printed(), (SYMBOL[0] - 6, SYMBOL[1] + 4), (SYMBOL[0] + 31, SYMBOL[1] + 17), 0.5, 40)
    assert codes(seen(thin)) == {"mark_over_symbol"}
    thick = printed()
    for step in range(6):
        at = SYMBOL[1] + 3 + 3.6 * step
        thick = stroke(thick, (SYMBOL[0] - 6, at), (SYMBOL[0] + 31, at + 6), 1.6, 40)
    report = seen(thick)
    assert {"qr_damaged", "mark_over_symbol"} <= codes(report)
    assert report.kit == KIT, "the other symbol names the page"


def test_a_symbol_near_its_end_is_weak_while_it_is_read() -> None:
    rng = np.random.default_rng(3)
    sheet = printed()
    module = SYMBOL[2] / 29
    for _ in range(46):
        column, row = rng.integers(9, 28), rng.integers(9, 28)
        sheet = drop(sheet, SYMBOL[0] + (column + 0.5) * module, SYMBOL[1] + (row + 0.5) * module, module / 2, 255)
    report = seen(sheet)
    assert "qr_weak" in codes(report)
    first = report.symbols[0]
    assert first.quality is not None
    assert first.quality["unused_correction"] < 0.5
    assert report.kit == KIT
