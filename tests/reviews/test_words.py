"""What buttons carry and what people type: drafts and reasons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reviews.decide import CHOICES
from services.reviews.draft import Draft, Subject, parse_draft, split_reason
from services.reviews.models import Choice, ReviewKind
from services.reviews.reason import LONGEST, ReasonFault, read_reason, ready_reasons
from services.telegram.press import Press
from services.texts import load_texts

drafts = st.builds(
    lambda subject, number, choice, keep, seen: Draft(
        subject, number, choice, keep if choice == Choice.KEEP else None, f"{seen:x}"
    ),
    st.sampled_from(Subject),
    st.integers(0, 10**15 - 1),
    st.sampled_from(Choice),
    st.integers(1, 9999),
    st.integers(0, 2**32 - 1),
)


@given(drafts, st.integers(1, 9), st.integers(0, 2**40))
def test_a_draft_comes_back_from_its_button_and_fits_into_it(draft: Draft, reason: int, participation: int):
    assert parse_draft(draft.pack()) == draft
    assert split_reason(f"{draft.pack()}.{reason}") == (draft, str(reason))
    Press("decide", participation, f"{draft.pack()}.{reason}").pack()


@given(st.text())
def test_a_forged_draft_is_none_and_breaks_nothing(text: str):
    found = parse_draft(text)
    assert found is None or found.pack() == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("  Лист   узнал\nучастник ", "Лист узнал участник"),
        ("<b>&", ReasonFault.TOO_SHORT),
        ("<b>да</b> & нет", "<b>да</b> & нет"),
        ("...", ReasonFault.TOO_SHORT),
        ("\u202eдиректор\u200b", "директор"),
        ("", ReasonFault.TOO_SHORT),
        ("я" * LONGEST, "я" * LONGEST),
        ("я" * (LONGEST + 1), ReasonFault.TOO_LONG),
    ],
)
def test_a_reason_is_words(text: str, read: str | ReasonFault):
    assert read_reason(text) == read


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_answer_has_ready_reasons(language: str):
    texts = load_texts(language)
    for kind, choices in CHOICES.items():
        for choice in choices:
            reasons = ready_reasons(texts, ReviewKind(kind), choice)
            assert len(reasons) >= 2
            assert all(not isinstance(read_reason(reason), ReasonFault) and len(reason) <= 40 for reason in reasons)
