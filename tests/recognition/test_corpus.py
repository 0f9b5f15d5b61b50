"""Recognition against the project's own print-scan simulator: clean scans give nothing, defects are named in place."""

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from recognition.codes import PageProblem, Verdict
from recognition.files.open_file import open_file
from recognition.pages.check import check_page
from recognition.report import PageReport
from recognition.simulator import FileFormat, Mode, ScanSettings, encode, scan_pages
from recognition.simulator.scan import PageTruth
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts
from tests.recognition.drawn import PRACTICE

OWED = (
    PageProblem.QR_MISSING,
    PageProblem.QR_DAMAGED,
    PageProblem.QR_DEFECT,
    PageProblem.QR_WEAK,
    PageProblem.MARK_OVER_SYMBOL,
    PageProblem.QR_FOREIGN,
    PageProblem.FIDUCIALS_MISSING,
    PageProblem.FIDUCIAL_DEFECT,
    PageProblem.PRINTED_SCALED,
    PageProblem.FEED_STRETCHED,
    PageProblem.LOW_CONTRAST,
    PageProblem.BLURRED,
    PageProblem.FOLDED_CORNER,
    PageProblem.STREAKS,
    PageProblem.PAGE_CUT,
    PageProblem.SKEWED,
    PageProblem.LOW_RESOLUTION,
    PageProblem.BLANK_PAGE,
    PageProblem.OTHER_EVENT,
    PageProblem.PHOTO_NOT_SCAN,
)
WITHOUT_PLACE = (PageProblem.BLANK_PAGE, PageProblem.QR_FOREIGN)
"""A blank page has none; a foreign sheet is not ours, so its code has a place in the picture only."""
INSIDE = (PageProblem.QR_DEFECT, PageProblem.MARK_OVER_SYMBOL)
"""Said where they are inside a symbol; how far they reach is the drawer's word against the reader's."""
ROTATIONS = (0, 90, 180, 270)


def kits(count: int) -> bytes:
    return MakeKits(load_texts("ru"))(KitOrder(kits=count, pages=4, event="TEST", seed=1))


@pytest.fixture(scope="module")
def two_kits() -> bytes:
    return kits(2)


@pytest.fixture(scope="module")
def many_kits() -> bytes:
    return kits(20)


def reports(pdf: bytes, settings: ScanSettings, folder: Path) -> Iterator[tuple[PageTruth, PageReport]]:
    file_format = FileFormat.PNG if settings.mode is Mode.BILEVEL else FileFormat.JPG
    for number, page in enumerate(scan_pages(pdf, settings)):
        path = folder / f"{number}"
        path.write_bytes(encode(page, file_format).data)
        yield page.truth, check_page(0, open_file(path).page(0), PRACTICE, "TEST")[0]


def is_named(truth: PageTruth, report: PageReport, code: PageProblem) -> bool:
    """Every place of the defect has a problem of this code over it; one is enough where the page names itself."""
    places = [defect["place_mm"] for defect in truth.defects if defect["code"] == code]
    said = [problem.place_mm for problem in report.problems if problem.code is code]
    if code in WITHOUT_PLACE or places == [None]:
        return bool(said)
    if code in INSIDE:
        return all(any(touches(place, other) for other in said) for place in places)
    if code is PageProblem.STREAKS:
        # A white line shows only where it breaks print; one of a page's lines is enough for its person.
        return any(touches(place, other) for place in places for other in said)
    covered = [any(over(place, other) > 0.4 for other in said) for place in places]
    return any(covered) if code is PageProblem.OTHER_EVENT else all(covered)


def touches(a: tuple[float, ...], b: tuple[float, ...] | None) -> bool:
    """Whether two boxes share anything."""
    return b is not None and all(a[at] < b[at] + b[at + 2] and b[at] < a[at] + a[at + 2] for at in (0, 1))


def over(a: tuple[float, ...], b: tuple[float, ...] | None) -> float:
    """Shared part of two boxes."""
    if b is None:
        return 0.0
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    shared = max(0.0, across) * max(0.0, down)
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


def clean_faults(pdf: bytes, settings: ScanSettings, folder: Path) -> list[str]:
    return [
        f"{truth.kit}/{truth.page}: {[problem.code.value for problem in report.problems]}"
        for truth, report in reports(pdf, settings, folder)
        if (report.verdict, report.kit, report.page, report.rotation)
        != (Verdict.OK, truth.kit, truth.page, truth.rotation)
    ]


@pytest.mark.parametrize("mode", list(Mode))
def test_clean_scans_have_no_problems(two_kits: bytes, tmp_path: Path, mode: Mode) -> None:
    settings = ScanSettings(dpi=150, mode=mode, rotations=ROTATIONS, seed=5, form=PRACTICE)
    assert clean_faults(two_kits, settings, tmp_path) == []


@pytest.mark.parametrize("code", OWED)
def test_each_defect_is_named_in_its_place(two_kits: bytes, tmp_path: Path, code: PageProblem) -> None:
    settings = ScanSettings(dpi=150, defects=(code,), share=0.5, rotations=ROTATIONS, seed=5, form=PRACTICE)
    for truth, report in reports(two_kits, settings, tmp_path):
        if truth.defects:
            assert is_named(truth, report, code), (truth, report)
        else:
            assert report.problems == ()


def test_measures_agree_with_the_truth(two_kits: bytes, tmp_path: Path) -> None:
    settings = ScanSettings(dpi=200, seed=6, rotations=ROTATIONS, form=PRACTICE)
    for truth, report in reports(two_kits, settings, tmp_path):
        within = 0.02 if report.kind == "answer_sheet" else 0.3
        assert report.skew_deg == pytest.approx(truth.skew_deg, abs=within)
        assert report.scale_x_pct == pytest.approx(
            truth.scale_x_pct, abs=0.08 if report.kind == "answer_sheet" else 0.6
        )
        assert report.dpi == truth.dpi


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("dpi", [150, 200, 300, 600])
@pytest.mark.parametrize("mode", list(Mode))
def test_four_hundred_clean_pages_and_more_have_no_problems(
    many_kits: bytes, tmp_path: Path, dpi: int, mode: Mode
) -> None:
    settings = ScanSettings(dpi=dpi, mode=mode, rotations=ROTATIONS, seed=dpi, form=PRACTICE)
    assert clean_faults(many_kits, settings, tmp_path) == []


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("code", OWED)
def test_of_forty_pages_with_a_defect_thirty_eight_are_named(
    many_kits: bytes, tmp_path: Path, code: PageProblem, dpi: int
) -> None:
    settings = ScanSettings(dpi=dpi, defects=(code,), share=0.5, rotations=ROTATIONS, seed=dpi + 1, form=PRACTICE)
    harmed = [
        is_named(truth, report, code) for truth, report in reports(many_kits, settings, tmp_path) if truth.defects
    ]
    assert len(harmed) >= 10
    assert sum(harmed) >= 0.95 * len(harmed)


def test_a_page_drawn_from_the_press_itself_is_read(two_kits: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kits.pdf"
    path.write_bytes(two_kits)
    file = open_file(path)
    assert file.page_count == len(pypdfium2.PdfDocument(io.BytesIO(two_kits))) == 8
    report, _ = check_page(0, file.page(0), PRACTICE, "TEST")
    assert report.verdict is Verdict.OK
