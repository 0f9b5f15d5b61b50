"""Every defect is done to the page, is told in the truth with its place, and does what its name says."""

import numpy as np
import pytest
import zxingcpp

from recognition.codes import PageProblem
from recognition.form import has_payload_shape, parse_payload, practice_form
from recognition.simulator import DEFECTS, Mode
from tests.practice.conftest import KITS, PAGES, scanned
from tests.practice.test_scan import at, ink

FORM = practice_form(PAGES)
OWED = {
    "qr_missing",
    "qr_damaged",
    "qr_foreign",
    "fiducials_missing",
    "printed_scaled",
    "page_cut",
    "skewed",
    "low_resolution",
    "blank_page",
    "other_event",
    "photo_not_scan",
}


def names(picture):
    return [parse_payload(FORM, found.text) for found in zxingcpp.read_barcodes(picture)]


def harmed(kits_pdf, code, **settings):
    """The pages that have the defect, where each eligible page is asked to have it."""
    pages = scanned(kits_pdf, **({"defects": [code], "share": 1.0, "seed": 3} | settings))
    found = [page for page in pages if page.truth.defects]
    assert found
    assert {defect["code"] for page in found for defect in page.truth.defects} == {code}
    return found


def test_all_that_is_owed_is_offered():
    assert {code.value for code in DEFECTS} >= OWED
    assert all(code is defect.code for code, defect in DEFECTS.items())


@pytest.mark.parametrize("code", [code.value for code in DEFECTS])
def test_each_defect_is_done_and_told(kits_pdf, clean, code):
    for page in harmed(kits_pdf, code, seed=1)[:3]:
        twin = next(one for one in clean if one.truth.source == page.truth.source)
        assert page.picture.shape != twin.picture.shape or not np.array_equal(page.picture, twin.picture)
        for defect in page.truth.defects:
            if defect["place_mm"] is not None:
                x, y, width, height = defect["place_mm"]
                assert x >= 0
                assert y >= 0
                assert x + width <= 210.1
                assert y + height <= 297.1


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("code", ["qr_missing", "qr_damaged"])
def test_lost_symbols_cannot_be_read(kits_pdf, mode, code):
    pages = harmed(kits_pdf, code, mode=mode)
    assert len(pages) == KITS * PAGES
    for page in pages:
        assert names(page.picture) == []
        places = [tuple(defect["place_mm"]) for defect in page.truth.defects]
        assert places == [symbol.box for symbol in FORM.kind_of(page.truth.page).symbols]


def test_a_damaged_symbol_is_still_seen(kits_pdf):
    for page in harmed(kits_pdf, "qr_damaged"):
        for defect in page.truth.defects:
            x, y, width, height = defect["place_mm"]
            left, top = at(page.truth.mm_to_px, x, y)
            right, bottom = at(page.truth.mm_to_px, x + width, y + height)
            part = page.picture[round(top) : round(bottom), round(left) : round(right)]
            assert (part < 128).mean() > 0.08


@pytest.mark.parametrize("defect", ["qr_defect", "qr_weak"])
def test_a_print_defect_leaves_both_symbols_readable(kits_pdf, defect):
    for page in harmed(kits_pdf, defect):
        assert {identity.kit for identity in names(page.picture)} == {page.truth.kit}


def test_a_foreign_symbol_names_no_page(kits_pdf):
    shapes = set()
    for page in harmed(kits_pdf, "qr_foreign"):
        found = zxingcpp.read_barcodes(page.picture)
        assert {one.text for one in found} == {defect["detail"]["text"] for defect in page.truth.defects}
        assert not any(names(page.picture))
        shapes |= {has_payload_shape(FORM, one.text) for one in found}
    assert shapes == {True, False}


def test_another_events_kit_reads_with_that_event(kits_pdf):
    for page in harmed(kits_pdf, "other_event"):
        identities = names(page.picture)
        assert {identity.event for identity in identities} == {page.truth.event}
        assert page.truth.event != "DEMO26"
        assert {identity.kit for identity in identities} == {page.truth.kit}


def test_missing_squares_are_white(kits_pdf):
    pages = harmed(kits_pdf, "fiducials_missing")
    assert [page.truth.kind for page in pages] == ["answer_sheet"] * KITS
    for page in pages:
        lost = {defect["detail"]["square"] for defect in page.truth.defects}
        assert 1 <= len(lost) <= 3
        for square in FORM.kind_of(1).squares:
            x, y, width, height = square.box
            px, py = at(page.truth.mm_to_px, x + width / 2, y + height / 2)
            assert (page.picture[round(py), round(px)] > 150) is np.bool_(square.name in lost)


def test_scaled_print_is_smaller_about_the_middle(kits_pdf):
    for page in harmed(kits_pdf, "printed_scaled"):
        percent = page.truth.defects[0]["detail"]["scale_pct"]
        assert 90 <= percent <= 98
        wide = np.hypot(*np.subtract(at(page.truth.mm_to_px, 200, 10), at(page.truth.mm_to_px, 10, 10))) / 190 * 25.4
        assert wide / 150 * 100 == pytest.approx(percent, abs=0.35)
        assert page.truth.scale_x_pct == pytest.approx(percent, abs=0.35)
        assert page.picture.shape == (1754, 1240)
        assert np.hypot(*np.subtract(at(page.truth.mm_to_px, 105, 148.5), (619.5, 876.5))) < 12


def test_skewed_pages_lose_nothing(kits_pdf):
    for page in harmed(kits_pdf, "skewed"):
        assert 2 <= abs(page.truth.skew_deg) <= 8
        left, right = at(page.truth.mm_to_px, 10, 100), at(page.truth.mm_to_px, 200, 100)
        turn = np.degrees(np.arctan2(right[1] - left[1], right[0] - left[0]))
        assert turn == pytest.approx(page.truth.skew_deg, abs=0.05)
        assert len(names(page.picture)) == 2
        height, width = page.picture.shape
        for symbol in FORM.kind_of(page.truth.page).symbols:
            for dx in (0, 25):
                x, y = at(page.truth.mm_to_px, symbol.box[0] + dx, symbol.box[1] + dx)
                assert 0 < x < width
                assert 0 < y < height


def test_a_cut_takes_printed_content(kits_pdf):
    for page in harmed(kits_pdf, "page_cut"):
        kind, (height, width) = FORM.kind_of(page.truth.page), page.picture.shape
        boxes = [place.box for place in (*kind.symbols, *kind.squares)]
        corners = [at(page.truth.mm_to_px, x + dx, y + dy) for x, y, w, h in boxes for dx in (0, w) for dy in (0, h)]
        assert any(not (0 <= x < width and 0 <= y < height) for x, y in corners)
        x, y, w, h = page.truth.defects[0]["place_mm"]
        middle = at(page.truth.mm_to_px, x + w / 2, y + h / 2)
        assert not (0 <= middle[0] < width and 0 <= middle[1] < height)


def test_low_resolution_is_told_honestly(kits_pdf):
    for page in harmed(kits_pdf, "low_resolution"):
        assert 60 <= page.truth.dpi <= 100
        assert page.picture.shape[1] == round(210 * page.truth.dpi / 25.4)


@pytest.mark.parametrize("mode", list(Mode))
def test_blank_pages_are_blank_and_nobodys(kits_pdf, mode):
    for page in harmed(kits_pdf, "blank_page", mode=mode):
        assert (page.truth.kit, page.truth.page, page.truth.kind) == (None, None, None)
        assert page.picture[40:-40, 40:-40].astype(int).min() > 190
        assert names(page.picture) == []


def test_photos_are_photos(kits_pdf):
    pages = harmed(kits_pdf, "photo_not_scan")
    assert {page.camera for page in pages} == {True, False}
    for page in pages:
        assert page.truth.dpi is None
        assert page.picture.ndim == 3
        assert page.picture.shape[0] == (3264 if page.camera else 1280)
        corners = [at(page.truth.mm_to_px, x, y) for x, y in ((0, 0), (210, 0), (210, 297), (0, 297))]
        assert all(0 <= x <= page.picture.shape[1] and 0 <= y <= page.picture.shape[0] for x, y in corners)
    read = sum(page.truth.kit in {one.kit for one in names(page.picture) if one} for page in pages)
    assert read >= len(pages) - 1


def test_the_same_sheet_comes_twice_in_a_row(kits_pdf):
    pages = scanned(kits_pdf, defects=["same_sheet_again"], share=1.0)
    assert len(pages) == 2 * KITS * PAGES
    for first, second in zip(pages[::2], pages[1::2], strict=True):
        assert (first.truth.kit, first.truth.page) == (second.truth.kit, second.truth.page)
        assert (bool(first.truth.defects), bool(second.truth.defects)) == (False, True)
        assert not np.array_equal(first.picture, second.picture)


def test_a_double_print_comes_in_a_row_and_in_another_hand(kits_pdf):
    pages = scanned(kits_pdf, defects=["double_print"], share=1.0)
    assert len(pages) == 2 * KITS * PAGES
    for first, second in zip(pages[::2], pages[1::2], strict=True):
        assert (first.truth.kit, first.truth.page) == (second.truth.kit, second.truth.page)
        assert [defect["code"] for defect in second.truth.defects] == ["double_print"]
        assert not first.truth.defects
    sheets = [page for page in pages if page.truth.page == 1]
    assert np.abs(ink(sheets[0]) - ink(sheets[1])).mean() > 2


def test_named_defects_share_the_pages(kits_pdf):
    pages = scanned(kits_pdf, defects=["skewed", "blank_page", "fiducials_missing"], share=1.0, dpi=60)
    codes = [page.truth.defects[0]["code"] for page in pages]
    assert len(codes) == KITS * PAGES
    assert min(codes.count(code) for code in ("skewed", "blank_page", "fiducials_missing")) >= 2


def test_half_of_the_pages_by_default_and_one_at_least(kits_pdf):
    assert sum(bool(p.truth.defects) for p in scanned(kits_pdf, defects=["skewed"], dpi=60)) == round(KITS * PAGES / 2)
    assert sum(bool(p.truth.defects) for p in scanned(kits_pdf, defects=["skewed"], share=0.01, dpi=60)) == 1


def test_codes_are_the_vocabulary_of_recognition():
    assert set(DEFECTS) <= set(PageProblem)
