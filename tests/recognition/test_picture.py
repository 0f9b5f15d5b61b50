"""The annotated picture: found in green, faults in red, nothing of ours over a fault, small enough for any chat."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from recognition.form import Form
from recognition.pages.check import check_page
from recognition.picture.annotate import GREEN, MOST_BYTES, RED, annotate
from recognition.picture.canvas import canvas_for
from recognition.report import PageReport
from tests.recognition.drawn import OTHER, PRACTICE, Gray, printed, raster, scanned

LABELS = {
    "qr_damaged": "QR-код не читается",
    "qr_missing": "Нет QR-кода",
    "fiducials_missing": "Нет квадрата",
    "page_cut": "Край обрезан",
    "skewed": "Перекос листа",
    "printed_scaled": "Масштаб изменён",
}
SQUARE = PRACTICE.kind_of(1).squares[3].box
Pixels = NDArray[np.uint8]


def drawn(gray: Gray, form: Form = PRACTICE, labels: dict[str, str] | None = None) -> tuple[Pixels, bytes, PageReport]:
    page = raster(gray)
    report, findings = check_page(0, page, form, "TEST")
    data = annotate(page, findings, report, form, LABELS if labels is None else labels)
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")), data, report


def like(pixels: Pixels, colour: tuple[int, int, int]) -> NDArray[np.bool_]:
    return np.asarray((np.abs(pixels.astype(int) - colour) < 60).all(axis=2))


def on_canvas(gray: Gray, box: tuple[float, float, float, float], rotation: int = 0) -> tuple[slice, slice]:
    """The box's rows and columns in a picture without a strip on top, for a straight 200 dpi page."""
    canvas = canvas_for(raster(gray), rotation)
    x, y, width, height = (side * 200 / 25.4 * 1400 / 2339 for side in box)
    left, top = canvas.page[0] + x, canvas.page[1] + y
    return slice(int(top) + 4, int(top + height) - 4), slice(int(left) + 4, int(left + width) - 4)


def test_found_is_green_and_missing_is_red_in_its_place() -> None:
    gray = scanned(printed().paint(SQUARE, 255, grow=0.5))
    pixels, _, _ = drawn(gray)
    rows, columns = on_canvas(gray, SQUARE)
    around = pixels[rows.start - 25 : rows.stop + 25, columns.start - 25 : columns.stop + 25]
    assert like(around, RED).sum() > 100
    symbol = PRACTICE.kind_of(1).symbols[0].box
    rows, columns = on_canvas(gray, symbol)
    around = pixels[rows.start - 25 : rows.stop + 25, columns.start - 25 : columns.stop + 25]
    assert like(around, GREEN).sum() > 300
    assert not like(around, RED).any()


@pytest.mark.parametrize("place", [*PRACTICE.kind_of(1).squares], ids=lambda place: place.name)
def test_no_label_lies_on_its_fault(place: object) -> None:
    gray = scanned(printed().paint(place.box, 255, grow=0.5))  # type: ignore[attr-defined]
    rows, columns = on_canvas(gray, place.box)  # type: ignore[attr-defined]
    with_label, bare = drawn(gray)[0], drawn(gray, labels={})[0]
    assert float(np.abs(with_label[rows, columns].astype(int) - bare[rows, columns]).mean()) < 3
    assert like(with_label, RED).sum() > like(bare, RED).sum() + 2000, "the label is there all the same"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_picture_is_upright(rotation: int) -> None:
    gray = scanned(printed().spoil(PRACTICE.kind_of(1).symbols[0].box), rotation=rotation)
    pixels, _, _ = drawn(gray)
    assert pixels.shape[0] > pixels.shape[1]
    red = np.argwhere(like(pixels, RED)).mean(axis=0)
    assert red[0] < pixels.shape[0] / 4, "the damaged symbol is at the top"
    assert red[1] > pixels.shape[1] / 2, "and at the right"


def test_what_speaks_of_the_whole_page_stands_above_it() -> None:
    plain, scaled = drawn(scanned(printed()))[0], drawn(scanned(printed(), scale=0.97))[0]
    strip = scaled.shape[0] - plain.shape[0]
    assert strip > 30
    assert like(scaled[: strip - 4], RED).mean() > 0.6


def test_a_cut_edge_is_marked_outside_the_page() -> None:
    pixels, _, report = drawn(scanned(printed(), crop=(0, 0, 14, 0)))
    assert [problem.code for problem in report.problems] == ["page_cut"]
    assert like(pixels[100:-100, -28:-2], RED).mean() > 0.8


@pytest.mark.parametrize("kind", ["noise", "black", "tiny", "long", "other form"])
def test_any_picture_is_small_enough(kind: str) -> None:
    rng = np.random.default_rng(0)
    gray = {
        "noise": lambda: rng.integers(0, 256, (2339, 1654), np.uint8),
        "black": lambda: np.zeros((2339, 1654), np.uint8),
        "tiny": lambda: np.full((30, 40), 200, np.uint8),
        "long": lambda: rng.integers(0, 256, (200, 9000), np.uint8),
        "other form": lambda: scanned(printed(OTHER).paint(OTHER.kind_of(1).squares[0].box, 255, grow=1)),
    }[kind]()
    _, data, _ = drawn(gray, OTHER if kind == "other form" else PRACTICE)
    assert len(data) <= MOST_BYTES


def test_hostile_labels_are_cut_not_trusted() -> None:
    gray = scanned(printed().paint(SQUARE, 255, grow=0.5))
    for label in ("Щ" * 5000, "слово " * 400, "<b>&\x00\n\t", " ", "😀"):
        pixels, data, _ = drawn(gray, labels={"fiducials_missing": label})
        assert len(data) <= MOST_BYTES
        assert pixels.shape[1] < 1100
