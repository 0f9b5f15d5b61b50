"""Forms learned from PDFs that another generator drew, and what cannot be learned said by name."""

from pathlib import Path

import pytest

from benchmarks.forms_learning import judged, scanned
from recognition.form import load_form
from recognition.form_learning.faults import LearnError, LearnFault
from recognition.form_learning.learn import learn
from tests.recognition.forms_learning.layouts import LAYOUTS, Layout
from tests.recognition.forms_learning.pdf_writer import Sheet, write_pdf

FAST = (0, 2, 6)
"""Drawn finely a page takes half a second: the other layouts of the benchmark are learned at night."""
SMALL = [
    layout if number in FAST else pytest.param(layout, marks=pytest.mark.nightly)
    for number, layout in enumerate(LAYOUTS)
    if layout.pages < 12
]
WIDE = LAYOUTS[1]


def written(folder: Path, pdf: bytes) -> Path:
    path = folder / "kits.pdf"
    path.write_bytes(pdf)
    return path


def pages_of(*payloads: str, again: str = "") -> bytes:
    """A page for each payload; with `again` a second symbol of that text on the first page; none where it is empty."""
    sheets = []
    for number, payload in enumerate(payloads):
        sheet = Sheet(210, 297)
        if payload:
            sheet.symbol(20, 20, 25, payload)
        if again and number == 0:
            sheet.symbol(120, 200, 25, again)
        sheets.append(sheet)
    return write_pdf(sheets)


@pytest.mark.parametrize("layout", SMALL, ids=lambda layout: layout.name if isinstance(layout, Layout) else None)
def test_every_property_of_a_layout_is_inferred(layout: Layout, tmp_path: Path) -> None:
    plain = learn(written(tmp_path, layout.pdf(3)), "learned", layout.event)
    assert [name for name, right in judged(layout, plain, 3).items() if not right] == []


def test_scans_of_a_learned_form_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, LAYOUTS[0].pdf(2))
    named, _, pages = scanned(path, load_form(learn(path, "learned")["form"]))
    assert (named, pages) == (4, 4)


@pytest.mark.nightly
def test_a_landscape_form_of_twelve_pages_is_inferred_and_read(tmp_path: Path) -> None:
    path = written(tmp_path, WIDE.pdf())
    plain = learn(path, "learned", WIDE.event)
    assert all(judged(WIDE, plain).values())
    assert scanned(path, load_form(plain["form"]))[::2] == (48, 48)


@pytest.mark.nightly
def test_an_unknown_check_is_said_and_accepted(tmp_path: Path) -> None:
    plain = learn(written(tmp_path, LAYOUTS[5].pdf(3)), "learned")
    assert "check_unproved" in [note["code"] for note in plain["notes"]]


@pytest.mark.parametrize(
    ("pdf", "fault"),
    [
        (b"not a pdf at all", LearnFault.NOT_PDF),
        (b"%PDF-1.4\nbroken", LearnFault.NOT_PDF),
        (pages_of("", ""), LearnFault.NO_SYMBOLS),
        (pages_of("K-123-1", ""), LearnFault.PAGE_WITHOUT_SYMBOL),
        (pages_of("K-123-1", "K-123-2", again="K-999-1"), LearnFault.SYMBOLS_DIFFER),
        (pages_of("K-123-1", "K-123-2"), LearnFault.ONE_KIT),
        (pages_of("K-123", "K-123", "K-456", "K-456"), LearnFault.NO_PAGE_PART),
        (pages_of("K-123-1", "K-123-2", "K-456-1", "K-456-2", "K-456-3"), LearnFault.KITS_UNEQUAL),
        (pages_of("K-123-1", "other text"), LearnFault.NO_COMMON_SHAPE),
    ],
    ids=lambda value: value.value if isinstance(value, LearnFault) else "",
)
def test_what_cannot_be_learned_is_named(pdf: bytes, fault: LearnFault, tmp_path: Path) -> None:
    with pytest.raises(LearnError) as caught:
        learn(written(tmp_path, pdf), "learned")
    assert caught.value.fault is fault


def test_an_event_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LearnError) as caught:
        learn(written(tmp_path, pages_of("K-123-1", "K-123-2", "K-456-1", "K-456-2")), "learned", "MISSING")
    assert caught.value.fault is LearnFault.EVENT_NOT_FOUND
