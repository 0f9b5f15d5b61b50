"""A payload is read back as it was written, and never with an error in it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition.form import Identity, build_payload, has_payload_shape, load_form, parse_payload, practice_form
from tests.recognition.form.test_load import LANDSCAPE

FORM = practice_form()
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
events = st.text(ALPHABET, min_size=2, max_size=12)
kits = st.integers(1_000_000, 9_999_999).map(str)
pages = st.integers(1, 99).flatmap(lambda last: st.tuples(st.integers(1, last), st.just(last)))


@given(event=events, kit=kits, page=pages)
def test_round_trip(event, kit, page):
    text = build_payload(FORM, event=event, kit=kit, page=page[0], pages=page[1])
    assert parse_payload(FORM, text) == Identity(event, kit, *page)
    assert len(text) <= 35
    assert re.fullmatch("[0-9A-Z]+", text)


@given(event=events, kit=kits, place=st.integers(3, 40), letter=st.sampled_from(ALPHABET))
def test_one_wrong_character_never_names_another_kit(event, kit, place, letter):
    text = build_payload(FORM, event=event, kit=kit, page=1, pages=4)
    place = min(place, len(text) - 1)
    spoilt = text[:place] + letter + text[place + 1 :]
    assert parse_payload(FORM, spoilt) == (Identity(event, kit, 1, 4) if spoilt == text else None)


@given(st.text(max_size=60))
def test_any_text_is_taken_calmly(text):
    identity = parse_payload(FORM, text)
    assert identity is None or has_payload_shape(FORM, text)


def test_a_wrong_check_code_has_our_shape_and_names_nothing():
    text = build_payload(FORM, event="DEMO26", kit="1234567", page=1, pages=4)
    wrong = text[:-1] + ("A" if text[-1] != "A" else "B")
    assert has_payload_shape(FORM, wrong)
    assert parse_payload(FORM, wrong) is None


@pytest.mark.parametrize("text", ["", "HTTPS://EXAMPLE.ORG", "AP1", "ap1demo2612345670104ld59", "9" * 100_000])
def test_other_texts_have_no_shape_of_ours(text):
    assert not has_payload_shape(FORM, text)
    assert parse_payload(FORM, text) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"event": "a"},
        {"event": "ДЕМО"},
        {"event": "LONGERTHAN12X"},
        {"kit": "0234567"},
        {"kit": "123"},
        {"page": 0},
        {"page": 5},
        {"pages": 100},
    ],
)
def test_what_cannot_be_read_back_is_not_built(wrong):
    with pytest.raises(ValueError):
        build_payload(FORM, **({"event": "DEMO26", "kit": "1234567", "page": 1, "pages": 4} | wrong))


def test_a_form_without_event_pages_and_check():
    form = load_form(LANDSCAPE)
    text = build_payload(form, event="ANY", kit="0042", page=2, pages=2)
    assert text == "0042-2"
    assert parse_payload(form, text) == Identity(None, "0042", 2, None)
