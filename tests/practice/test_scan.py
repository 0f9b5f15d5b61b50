"""A clean scan: every page readable, the truth exact, the ink each participant's own, the same again for one seed."""

import itertools

import cv2
import numpy as np
import pytest
import zxingcpp

from recognition.form import load_form, parse_payload, practice_form
from recognition.simulator import Mode
from tests.practice.conftest import KITS, PAGES, scanned

FORM = practice_form(PAGES)


def centres(picture: np.ndarray, truth: list[list[float]], boxes: list[tuple[float, ...]]) -> list[float]:
    """How far, in px, each square's centre of gravity lies from where the truth puts it.

    PDFium draws a rectangle in whole pixels: half a pixel of the print is its own.
    """
    matrix, off = np.array(truth), []
    for x, y, width, height in boxes:
        at = matrix @ (x + width / 2, y + height / 2, 1)
        left, top = (int(value) - 36 for value in at[:2])
        ink = (255 - picture[top : top + 73, left : left + 73].astype(float)).clip(100) - 100
        rows, columns = np.mgrid[0:73, 0:73]
        found = ((ink * columns).sum() / ink.sum() + left, (ink * rows).sum() / ink.sum() + top)
        off.append(float(np.hypot(*(found - at[:2]))))
    return off


def at(matrix: list[list[float]], x: float, y: float) -> tuple[float, float]:
    px, py, w = np.array(matrix) @ (x, y, 1)
    return px / w, py / w


def test_every_page_comes_in_order_and_reads(clean):
    assert [page.truth.index for page in clean] == list(range(KITS * PAGES))
    assert [page.truth.page for page in clean] == [1, 2, 3] * KITS
    for page in clean:
        identity = next(parse_payload(FORM, found.text) for found in zxingcpp.read_barcodes(page.picture))
        assert (identity.kit, identity.page, identity.event) == (page.truth.kit, page.truth.page, page.truth.event)


def test_clean_pages_stay_within_a_good_scanners_limits(clean):
    for page in clean:
        truth = page.truth
        assert truth.defects == []
        assert abs(truth.skew_deg) <= 0.7
        assert 99.7 <= truth.scale_x_pct <= 100.3
        assert 99.7 <= truth.scale_y_pct <= 100.3
        assert truth.dpi == 150
        assert page.picture.shape == (1754, 1240)
        assert 75 <= page.quality <= 90
        middle = at(truth.mm_to_px, 105, 148.5)
        assert np.hypot(middle[0] - 619.5, middle[1] - 876.5) * 25.4 / 150 <= 2.01


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_truth_knows_each_square_to_a_tenth_of_a_millimetre(kits_pdf, rotation):
    squares = [square.box for square in FORM.kind_of(1).squares]
    for page in scanned(kits_pdf, rotations=(rotation,)):
        assert page.truth.rotation == rotation
        if page.truth.page == 1:
            assert max(centres(page.picture, page.truth.mm_to_px, squares)) < 0.1 / 25.4 * 150


def test_rotation_counts_clockwise(kits_pdf):
    page = scanned(kits_pdf, rotations=(90,))[0]
    x, y = at(page.truth.mm_to_px, 0, 0)
    assert page.picture.shape == (1240, 1754)
    assert x > 1700
    assert y < 40


def test_one_seed_one_scan(kits_pdf, clean):
    again = scanned(kits_pdf, seed=1)
    assert [page.truth.to_json() for page in again] == [page.truth.to_json() for page in clean]
    assert all(np.array_equal(a.picture, b.picture) for a, b in zip(again, clean, strict=True))
    other = scanned(kits_pdf, seed=2)
    assert not np.array_equal(other[0].picture, clean[0].picture)


def ink(page, upright: tuple[int, int] = (620, 877)) -> np.ndarray:
    """The page's fields laid straight, dark where pen or print is."""
    to_upright = np.diag([upright[0] / 210, upright[1] / 297, 1]) @ np.linalg.inv(np.array(page.truth.mm_to_px))
    grey = page.picture if page.picture.ndim == 2 else cv2.cvtColor(page.picture, cv2.COLOR_BGR2GRAY)
    straight = cv2.warpPerspective(grey, to_upright, upright)
    return cv2.blur(straight, (3, 3))[280:650, 60:560].astype(float)


def test_ink_is_the_kits_own(kits_pdf, clean):
    """Same kit and seed: the same strokes, whatever the scanner and its mode; another kit: others."""
    again = scanned(kits_pdf, seed=1, dpi=200, defects=["low_contrast"], share=0.0)
    sheets, others = [p for p in clean if p.truth.page == 1], [p for p in again if p.truth.page == 1]
    same = [np.abs(ink(a) - ink(b)).mean() for a, b in zip(sheets, others, strict=True)]
    different = [np.abs(ink(a) - ink(b)).mean() for a, b in itertools.pairwise(sheets)]
    assert max(same) * 1.5 < min(different)


def strokes(page) -> np.ndarray:
    """What is clearly darker than the paper around."""
    grey = ink(page)
    return grey < np.median(grey) - 70


def test_a_hand_keeps_its_ink_under_any_pass(kits_pdf):
    """The same paper scanned again, another print of it, and a print that nobody filled."""
    how = ({"hand": 1}, {"hand": 1, "seed": 9}, {"hand": 2}, {"hand": 2, "empty": True})
    first, again, other, empty = (strokes(scanned(kits_pdf, **({"seed": 1} | one))[0]) for one in how)
    assert (first ^ again).sum() * 3 < (first ^ other).sum()
    assert empty.sum() * 3 < other.sum()


def test_one_task_page_of_each_kit_is_filled(clean):
    for kit in {page.truth.kit for page in clean}:
        tasks = [page for page in clean if page.truth.kit == kit and page.truth.page > 1]
        darkness = sorted(float((ink(page) < 200).mean()) for page in tasks)
        assert darkness[-1] > 3 * darkness[0] + 0.002


@pytest.mark.parametrize("mode", list(Mode))
def test_modes(kits_pdf, mode):
    page = scanned(kits_pdf, mode=mode)[0]
    assert page.picture.ndim == (3 if mode is Mode.COLOUR else 2)
    assert page.bilevel is (mode is Mode.BILEVEL)
    if mode is Mode.BILEVEL:
        assert set(np.unique(page.picture)) == {0, 255}
    assert len(zxingcpp.read_barcodes(page.picture)) == 2


def test_a_pdf_of_another_form_is_scanned_without_names(kits_pdf):
    other = load_form(
        {
            "name": "other",
            "paper": [210, 297],
            "pages": 1,
            "kinds_by_page": ["task"],
            "kinds": {"task": {"symbols": [{"corner": "top_left", "box": [10, 10, 20, 20]}], "squares": []}},
            "payload": {"pattern": "X(?P<kit>[0-9]{4})(?P<page>[0-9])", "template": "X{kit}{page}"},
        }
    )
    pages = scanned(kits_pdf, form=other, defects=["qr_missing", "blank_page"], share=1.0)
    assert len(pages) == KITS * PAGES
    assert {page.truth.kit for page in pages} == {None}
