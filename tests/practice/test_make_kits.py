"""What a college prints: every page carries its own symbols, says that it is practice, and looks as the form says."""

import numpy as np
import pypdfium2 as pdfium
import pytest
import zxingcpp

from recognition.form import parse_payload, practice_form
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder, OrderRefusedError
from services.texts import load_texts
from tests.practice.conftest import KITS, PAGES


def rendered(document: pdfium.PdfDocument, page: int, dpi: int = 150) -> np.ndarray:
    return np.array(document[page].render(scale=dpi / 72, grayscale=True).to_numpy()).reshape(
        round(297 / 25.4 * dpi), -1
    )


def test_each_page_names_itself_twice_at_the_places_of_the_form(kits_pdf):
    document, form = pdfium.PdfDocument(kits_pdf), practice_form(PAGES)
    seen = []
    for number in range(len(document)):
        barcodes = zxingcpp.read_barcodes(rendered(document, number))
        identities = {parse_payload(form, barcode.text) for barcode in barcodes}
        assert len(barcodes) == 2
        (identity,) = identities
        places = sorted((b.position.top_left.x * 25.4 / 150, b.position.top_left.y * 25.4 / 150) for b in barcodes)
        expected = sorted(symbol.box[:2] for symbol in form.kind_of(identity.page).symbols)
        assert np.allclose(places, expected, atol=0.6)
        seen.append((identity.event, identity.kit, identity.page, identity.pages))
    kits = list(dict.fromkeys(kit for _, kit, _, _ in seen))
    assert len(kits) == KITS
    assert seen == [("DEMO26", kit, page, PAGES) for kit in kits for page in range(1, PAGES + 1)]


def test_squares_are_black_on_the_answer_sheet_only(kits_pdf):
    document, form = pdfium.PdfDocument(kits_pdf), practice_form()
    sheet, task = rendered(document, 0), rendered(document, 1)
    for square in form.kind_of(1).squares:
        x, y, width, height = (value * 150 / 25.4 for value in square.box)
        inside = np.s_[round(y) + 2 : round(y + height) - 2, round(x) + 2 : round(x + width) - 2]
        assert sheet[inside].max() == 0
        assert sheet[round(y) - 3, round(x) : round(x + width)].min() == 255
        assert task[inside].mean() > 100


def test_every_page_says_that_it_is_no_official_form(kits_pdf):
    document = pdfium.PdfDocument(kits_pdf)
    for number in range(len(document)):
        words = document[number].get_textpage().get_text_range()
        assert "учебный комплект, не официальный бланк" in words
        assert f"Страница {number % PAGES + 1} из {PAGES}" in words


def test_kit_number_is_printed_for_people(kits_pdf):
    document = pdfium.PdfDocument(kits_pdf)
    for number, kit in enumerate(KitOrder(KITS, PAGES, "DEMO26", 7).numbers()):
        assert kit in document[number * PAGES].get_textpage().get_text_range()


def test_pages_are_a4(kits_pdf):
    assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pdfium.PdfDocument(kits_pdf)} == {
        (210, 297)
    }


def test_one_seed_prints_one_pdf_and_no_seed_prints_new_kits():
    make = MakeKits(load_texts("ru"))
    assert make(KitOrder(1, 1, seed=3)) == make(KitOrder(1, 1, seed=3))
    assert KitOrder(5, 1).numbers() != KitOrder(5, 1).numbers()
    assert KitOrder(5, 1, "AA", 1).numbers() != KitOrder(5, 1, "BB", 1).numbers()


def test_a_thousand_kits_have_a_thousand_numbers():
    numbers = KitOrder(1000, 4, seed=1).numbers()
    assert len(set(numbers)) == 1000
    assert all(len(number) == 7 and number[0] != "0" for number in numbers)


def test_the_longest_kit_and_event_fit():
    document = pdfium.PdfDocument(MakeKits(load_texts("ru"))(KitOrder(1, 20, "ABCDEFGH1234", 1)))
    assert len(document) == 20
    identities = {parse_payload(practice_form(20), b.text) for b in zxingcpp.read_barcodes(rendered(document, 19))}
    assert [(one.event, one.page, one.pages) for one in identities] == [("ABCDEFGH1234", 20, 20)]


def test_task_texts_leave_the_answer_lines_free():
    """The catalogue may grow: in both languages each task must end above its ruled lines."""
    for language in ("ru", "en"):
        document = pdfium.PdfDocument(MakeKits(load_texts(language))(KitOrder(1, 13, seed=1)))
        for number in range(1, 13):
            page = rendered(document, number, 72)
            above_label = page[round(103 / 25.4 * 72) : round(109 / 25.4 * 72), 60:530]
            assert above_label.min() == 255


@pytest.mark.parametrize(
    "order",
    [{"kits": 0}, {"kits": 1001}, {"pages": 0}, {"pages": 21}, {"event": "x"}, {"event": "ДЕМО"}, {"event": "A" * 13}],
)
def test_impossible_orders_are_refused(order):
    with pytest.raises(OrderRefusedError) as refused:
        KitOrder(**({"kits": 1, "pages": 1} | order))
    texts = load_texts("ru")
    assert texts(refused.value.key, **refused.value.values) != refused.value.key
