"""One page from pixels to report: what is right is left alone, what is wrong is named in its place."""

import cv2
import numpy as np
import pytest

from recognition.codes import PageProblem, PageQr, Severity, SymbolState, Verdict
from recognition.files.raster import ArraySource, Raster
from recognition.form import Form
from recognition.pages.check import check_page
from recognition.report import PageReport
from recognition.symbols import reading
from tests.recognition.drawn import KIT, OTHER, PRACTICE, Gray, Paper, jpeg_raster, printed, raster, scanned

FORMS = pytest.mark.parametrize("form", [PRACTICE, OTHER], ids=lambda form: form.name)


def seen(gray: Gray, form: Form = PRACTICE, dpi: int | tuple[int, int] | None = 200, **how: str) -> PageReport:
    return check_page(0, raster(gray, dpi), form, **how)[0]


def codes(report: PageReport) -> list[str]:
    return [problem.code.value for problem in report.problems]


@FORMS
@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_clean_page_is_read_whichever_way_it_lies(form: Form, page: int, rotation: int) -> None:
    report = seen(scanned(printed(form, page), skew=0.6, rotation=rotation), form)
    assert (report.verdict, report.kit, report.page, report.rotation) == (Verdict.OK, KIT, page, rotation), report
    assert report.kind == form.kind_of(page).name
    assert report.skew_deg == pytest.approx(0.6, abs=0.35)
    assert report.fiducials.found == report.fiducials.expected == len(form.kind_of(page).squares)


@pytest.mark.parametrize("dpi", [150, 200, 300, 600])
def test_clean_at_every_usual_resolution(dpi: int) -> None:
    report, _ = check_page(0, jpeg_raster(scanned(printed(), dpi, skew=-0.7, scale=(1.005, 0.995)), dpi), PRACTICE)
    assert (report.verdict, report.dpi) == (Verdict.OK, dpi), report.problems
    assert report.scale_x_pct == pytest.approx(100.5, abs=0.15)
    assert report.scale_y_pct == pytest.approx(99.5, abs=0.15)


def test_other_degradations_are_no_problems() -> None:
    clean = scanned(printed(), skew=0.4)
    rng = np.random.default_rng(1)
    salted = clean.copy()
    dots = rng.random(clean.shape)
    salted[dots < 0.008], salted[dots > 0.992] = 0, 255
    edged = clean.copy()
    edged[:, :9] = edged[:7] = 12
    holed = clean.copy()
    holed[840:890, 90:140] = 8
    for harmed in (
        (90 + clean.astype(np.float32) * 125 / 255).astype(np.uint8),
        np.where(clean > 150, 255, 0).astype(np.uint8),
        np.clip(clean + rng.normal(0, 22, clean.shape), 0, 255).astype(np.uint8),
        salted,
        edged,
        holed,
    ):
        assert seen(harmed).problems == ()


@pytest.mark.parametrize("name", [square.name for square in PRACTICE.kind_of(1).squares])
def test_each_missing_square_is_named_in_its_place(name: str) -> None:
    place = next(square for square in PRACTICE.kind_of(1).squares if square.name == name)
    report = seen(scanned(printed().paint(place.box, 255, grow=0.4), skew=-0.5, rotation=180))
    assert codes(report) == ["fiducials_missing"]
    assert report.fiducials.missing == (name,)
    (problem,) = report.problems
    assert problem.place_mm == place.box
    assert problem.severity is Severity.REJECTED


@FORMS
def test_a_task_page_is_never_failed_for_lacking_squares(form: Form) -> None:
    report = seen(scanned(printed(form, 2)), form)
    assert report.verdict is Verdict.OK
    assert report.fiducials.expected == 0


@pytest.mark.parametrize("page", [1, 2])
def test_one_damaged_symbol_of_two_is_a_warning_and_the_page_keeps_its_name(page: int) -> None:
    place = PRACTICE.kind_of(page).symbols[0]
    report = seen(scanned(printed(page=page).spoil(place.box)))
    assert (report.verdict, report.qr, report.kit) == (Verdict.WARNING, PageQr.OK, KIT)
    assert codes(report) == ["qr_damaged", "qr_defect"], "what it should say is known from the other one"
    assert report.problems[0].place_mm == place.box
    assert [symbol.state for symbol in report.symbols] == [SymbolState.DAMAGED, SymbolState.OK]


@FORMS
@pytest.mark.parametrize("page", [1, 2])
def test_damaged_and_missing_symbols_are_told_apart(form: Form, page: int) -> None:
    spoilt, erased = printed(form, page), printed(form, page)
    for place in form.kind_of(page).symbols:
        spoilt, erased = spoilt.spoil(place.box), erased.paint(place.box, 255, grow=1)
    damaged, missing = seen(scanned(spoilt), form), seen(scanned(erased), form)
    assert (damaged.verdict, damaged.qr) == (Verdict.REJECTED, PageQr.DAMAGED)
    assert set(codes(damaged)) == {"qr_damaged"}
    assert (missing.verdict, missing.qr) == (Verdict.REJECTED, PageQr.MISSING)
    assert set(codes(missing)) == {"qr_missing"}
    places = {place.box for place in form.kind_of(page).symbols}
    assert {problem.place_mm for problem in damaged.problems} == places


@pytest.mark.parametrize("scale", [0.9, 0.97, 0.98, 1.03])
@FORMS
@pytest.mark.parametrize("page", [1, 2])
def test_a_scaled_print_is_measured(form: Form, page: int, scale: float) -> None:
    report = seen(scanned(printed(form, page), scale=scale), form)
    assert "printed_scaled" in codes(report)
    assert report.scale_x_pct == pytest.approx(scale * 100, abs=0.7)


@pytest.mark.parametrize("page", [1, 2])
def test_a_stretched_feed_is_no_scaled_print(page: int) -> None:
    assert "printed_scaled" not in codes(seen(scanned(printed(page=page), scale=(1.0, 0.97))))


def test_scale_is_not_claimed_where_no_resolution_is_known() -> None:
    cropped = scanned(printed(), scale=0.97, crop=(0, 0, 0, 14))
    report = seen(cropped, dpi=None)
    assert report.scale_x_pct is None
    assert "printed_scaled" not in codes(report)


def test_without_a_stated_resolution_the_whole_sheet_is_the_measure() -> None:
    report = seen(scanned(printed(), scale=0.97), dpi=None)
    assert report.dpi == 200
    assert codes(report) == ["printed_scaled"]


@pytest.mark.parametrize("skew", [-8.0, -2.0, 2.0, 3.5])
def test_skew_is_measured_and_named(skew: float) -> None:
    paper = printed()
    wide = np.full((paper.gray.shape[0] + 600, paper.gray.shape[1] + 800), 255, np.uint8)
    wide[300:-300, 400:-400] = paper.gray
    report = seen(scanned(wide, skew=skew))
    assert "skewed" in codes(report)
    assert report.skew_deg == pytest.approx(skew, abs=0.1)


@pytest.mark.parametrize("edge", ["left", "top", "right", "bottom"])
@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.parametrize("how", ["cropped", "shifted"])
def test_a_cut_edge_is_named_with_its_strip(edge: str, page: int, how: str) -> None:
    lost = {"left": (15.0, 0, 0, 0), "top": (0, 15.0, 0, 0), "right": (0, 0, 15.0, 0), "bottom": (0, 0, 0, 15.0)}[edge]
    away = (lost[2] - lost[0], lost[3] - lost[1])
    gray = scanned(printed(page=page), **({"crop": lost} if how == "cropped" else {"shift": away}), rotation=90)
    report = seen(gray)
    cut = [problem for problem in report.problems if problem.code is PageProblem.PAGE_CUT]
    assert [problem.detail["edge"] for problem in cut] == [edge]
    x, y, width, height = cut[0].place_mm or (0, 0, 0, 0)
    depth = width if edge in ("left", "right") else height
    assert depth == pytest.approx(15, abs=1)
    assert (x, y) == pytest.approx({"left": (0, 0), "top": (0, 0), "right": (195, 0), "bottom": (0, 282)}[edge], abs=1)


def test_a_sheet_laid_a_little_aside_is_not_cut() -> None:
    assert seen(scanned(printed(), shift=(3, -3), skew=0.7)).problems == ()


@pytest.mark.parametrize(("dpi", "verdict"), [(75, Verdict.REJECTED), (100, Verdict.WARNING)])
def test_low_resolution(dpi: int, verdict: Verdict) -> None:
    report = seen(scanned(printed(), dpi), dpi=dpi)
    assert codes(report) == ["low_resolution"]
    assert (report.verdict, report.dpi) == (verdict, dpi)


def test_pixels_need_not_be_square() -> None:
    gray = scanned(printed(), 204)
    report = seen(np.ascontiguousarray(gray[::2]), dpi=(204, 102))
    assert (report.kit, report.problems) == (KIT, ())


def blank_backs() -> dict[str, Gray]:
    back = scanned(np.full_like(printed().gray, 255))
    through = scanned((255 - (255 - printed(page=2).gray[:, ::-1]) * 0.22).astype(np.uint8))
    dusty, holed = back.copy(), back.copy()
    rng = np.random.default_rng(2)
    for _ in range(150):
        y, x = int(rng.integers(back.shape[0] - 3)), int(rng.integers(back.shape[1] - 3))
        dusty[y : y + 2, x : x + 2] = 20
    holed[840:888, 80:128] = holed[1480:1528, 80:128] = 5
    holed[:, :14] = holed[:8] = 10
    return {"white": back, "shine-through": through, "dust": dusty, "holes and dark edges": holed}


@pytest.mark.parametrize("kind", list(blank_backs()))
def test_the_back_of_a_sheet_is_blank(kind: str) -> None:
    report = seen(blank_backs()[kind])
    assert (report.verdict, report.kit, codes(report)) == (Verdict.BLANK, None, ["blank_page"])


def test_what_is_seen_from_behind_is_never_credited() -> None:
    report = seen(np.ascontiguousarray(scanned(printed(page=2))[:, ::-1]))
    assert report.kit is None


def test_a_foreign_code_is_named_where_it_stands() -> None:
    report = seen(scanned(printed(payload="HTTPS://EXAMPLE.ORG/42")))
    assert (report.verdict, report.qr, report.kit) == (Verdict.FOREIGN, PageQr.FOREIGN, None)
    assert set(codes(report)) == {"qr_foreign"}
    assert all(problem.place_px for problem in report.problems)


def test_our_shape_with_a_wrong_check_code_is_never_credited() -> None:
    report = seen(scanned(printed(payload="AP1TEST" + KIT + "01040000")))
    assert report.kit is None


def test_another_events_page_is_refused_where_an_event_is_given() -> None:
    gray = scanned(printed(event="MAY2026"))
    assert seen(gray).verdict is Verdict.OK
    report = seen(gray, event="TEST")
    assert (report.verdict, codes(report)) == (Verdict.REJECTED, ["other_event"])


def photo_of(paper: Paper, seed: int) -> Gray:
    """A sheet on a desk, seen askew by a telephone under a lamp."""
    rng = np.random.default_rng(seed)
    height, width = paper.gray.shape
    size = (960, 1280)
    own = np.float32([(0, 0), (width, 0), (width, height), (0, height)])
    there = np.float32([(90, 60), (870, 95), (900, 1200), (60, 1170)]) + rng.uniform(-25, 25, (4, 2)).astype(np.float32)
    soft = cv2.GaussianBlur(paper.gray, (0, 0), 1)
    seen = cv2.warpPerspective(soft, cv2.getPerspectiveTransform(own, there), size, borderValue=90).astype(np.float32)
    lamp = np.linspace(0.62, 1.0, size[0])[None, :] * np.linspace(0.9, 1.0, size[1])[:, None]
    return np.clip(seen * 0.85 * lamp + 15 + rng.normal(0, 3, seen.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.parametrize("seed", range(4))
def test_a_photo_is_told_from_a_scan(page: int, seed: int) -> None:
    report = seen(photo_of(printed(page=page), seed), dpi=None)
    assert "photo_not_scan" in codes(report)


def test_two_pages_on_one_side_count_for_neither() -> None:
    first = scanned(printed(page=1))
    second = scanned(printed(page=2))
    report = seen(np.ascontiguousarray(np.hstack([first, second])))
    assert "two_pages_on_one" in codes(report)
    assert not report.sound


@pytest.mark.parametrize("shape", [(1, 1), (1, 20_000), (20_000, 1), (7, 20_000), (39, 39)])
def test_a_picture_too_narrow_for_a_page_is_blank(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 255, shape, dtype=np.uint8)
    assert codes(seen(noise)) == ["blank_page"]


@pytest.mark.parametrize("tag", [150, 180, 260])
@pytest.mark.parametrize("scale", [1.0, 0.993, 1.006])
def test_a_wrong_resolution_in_the_file_is_no_scaled_print(tag: int, scale: float) -> None:
    report = seen(scanned(printed(), 200, scale=scale), dpi=tag)
    assert (report.dpi, report.problems) == (200, ())
    assert report.scale_x_pct == pytest.approx(scale * 100, abs=0.2)


def test_a_scaled_print_stays_one_on_a_larger_glass_of_the_same_proportions() -> None:
    paper = printed()
    glass = np.full((round(paper.gray.shape[0] * 2**0.5), round(paper.gray.shape[1] * 2**0.5)), 255, np.uint8)
    for scale, expected in ((1.0, ["wrong_paper_size"]), (0.95, ["printed_scaled", "wrong_paper_size"])):
        glass[:] = 255
        sheet = scanned(paper, 300, scale=scale)
        glass[40 : 40 + sheet.shape[0], 60 : 60 + sheet.shape[1]] = sheet
        report = seen(glass, dpi=300)
        assert codes(report) == expected
        assert report.problems[-1].severity is Severity.NOTE


def test_a_sheet_trimmed_by_the_scanner_is_no_scaled_print_where_no_resolution_is_stated() -> None:
    report = seen(scanned(printed(), scale=1.007, crop=(0.6, 0.9, 0.6, 1.1)), dpi=None)
    assert report.problems == ()


@pytest.mark.parametrize("name", [square.name for square in PRACTICE.kind_of(1).squares])
@pytest.mark.parametrize("radius", [2.8, 3.2, 3.8])
def test_a_punch_hole_is_no_square(name: str, radius: float) -> None:
    paper = printed()
    place = next(square for square in PRACTICE.kind_of(1).squares if square.name == name)
    harmed = paper.paint(place.box, 255, grow=0.4)
    middle = [round((place.box[axis] + 3.5 + 1.0) * 300 / 25.4) for axis in (0, 1)]
    cv2.circle(harmed.gray, (middle[0], middle[1]), round(radius * 300 / 25.4), 10, -1)
    assert seen(scanned(harmed, skew=0.5)).fiducials.missing == (name,)


@pytest.mark.parametrize("skew", [0.0, 3.0, 8.0])
def test_squares_with_worn_corners_are_squares(skew: float) -> None:
    paper = printed()
    worn = cv2.GaussianBlur(paper.gray, (0, 0), 9)
    worn = np.where(worn < 128, 0, 255).astype(np.uint8)
    for place in PRACTICE.kind_of(1).squares:
        cells = paper.cells(place.box, 1)
        paper = Paper(PRACTICE, paper.gray.copy())
        paper.gray[cells] = worn[cells]
    wide = np.full((paper.gray.shape[0] + 600, paper.gray.shape[1] + 800), 255, np.uint8)
    wide[300:-300, 400:-400] = paper.gray
    assert seen(scanned(wide, skew=skew)).fiducials.missing == ()


def test_text_where_a_symbol_would_be_upside_down_does_not_turn_the_page() -> None:
    """Squares that look the same both ways up leave it to the symbols' places which way up is right."""
    paper = printed()
    for place in PRACTICE.kind_of(1).symbols:
        paper = paper.paint(place.box, 255, grow=1)
    for row in range(8):
        paper = paper.paint((24, 12 + row * 3, 20, 1.2), 40)
    assert set(codes(seen(scanned(paper)))) == {"qr_missing"}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("form", [PRACTICE, OTHER], ids=lambda form: form.name)
def test_a_photo_fitted_into_a_page_of_a_pdf_is_no_scan(form: Form, seed: int) -> None:
    """The page's size lends the picture a resolution, though none that a scanner has."""
    gray = photo_of(printed(form, 2), seed)
    fitted = Raster(gray.shape[1], gray.shape[0], ArraySource(gray), (109.5, 109.5), fitted=True)
    assert "photo_not_scan" in codes(check_page(0, fitted, form)[0])


@pytest.mark.parametrize(("dpi", "expected"), [(212.6, []), (200.0, []), (85.0, ["low_resolution"])])
def test_a_scan_fitted_into_a_page_of_a_pdf_stays_a_scan(dpi: float, expected: list[str]) -> None:
    gray = scanned(printed(), 85 if dpi < 100 else 200)
    fitted = Raster(gray.shape[1], gray.shape[0], ArraySource(gray), (dpi, dpi), fitted=True)
    assert codes(check_page(0, fitted, PRACTICE)[0]) == expected


def test_a_page_drawn_from_coarse_pictures_is_of_low_resolution() -> None:
    coarse = scanned(printed(), 80)
    gray = np.asarray(cv2.resize(coarse, None, fx=2.5, fy=2.5, interpolation=cv2.INTER_LINEAR), np.uint8)
    drawn = Raster(gray.shape[1], gray.shape[0], ArraySource(gray), (200, 200), drawn=True, detail_dpi=80.0)
    report, _ = check_page(0, drawn, PRACTICE)
    assert (codes(report), report.dpi) == (["low_resolution"], 80)


def test_a_page_full_of_faint_print_is_no_blank_back() -> None:
    page = np.full_like(printed().gray, 255)
    for row in range(40):
        for word in range(16):
            cv2.putText(page, "Naxv", (250 + word * 125, 300 + row * 75), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 150, 3)
    report = seen(scanned(page))
    assert (report.verdict, set(codes(report))) == (Verdict.REJECTED, {"qr_missing"})


def test_corners_that_fall_together_place_no_page() -> None:
    assert not reading.has_area(np.full((4, 2), 7.0))
    assert not reading.has_area(np.array([(0, 0), (90, 0), (180, 0), (90, 0)], np.float64))
    assert reading.has_area(np.array([(0, 0), (90, 5), (85, 95), (-5, 90)], np.float64))


@pytest.mark.parametrize("skew", [-10.0, -4.0, 9.0])
@pytest.mark.parametrize("rotation", [0, 270])
def test_a_page_that_lost_its_symbols_still_tells_that_it_lies_askew(skew: float, rotation: int) -> None:
    paper = printed(page=2)
    for place in PRACTICE.kind_of(2).symbols:
        paper = paper.spoil(place.box).paint((place.box[0], place.box[1], 20, 20), 255)
    report = seen(scanned(paper, skew=skew, rotation=rotation))
    assert report.kit is None
    assert "skewed" in codes(report)
    assert report.skew_deg == pytest.approx(skew, abs=0.4)


def test_a_straight_page_that_lost_its_symbols_is_not_askew() -> None:
    paper = printed(page=2)
    for place in PRACTICE.kind_of(2).symbols:
        paper = paper.paint(place.box, 255, grow=1)
    assert set(codes(seen(scanned(paper, skew=1.0)))) == {"qr_missing"}
