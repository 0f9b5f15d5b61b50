"""Names of files are other people's words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.submissions.names import clean_name


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("scan.pdf", "scan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Пётр\\скан 1.pdf", "скан 1.pdf"),
        ("scan\u202efdp.exe", "scanfdp.exe"),
        ("a\x00b\n\tc.pdf", "ab c.pdf"),
        ("  ..  ", "scan"),
        ("", "scan"),
        (None, "scan"),
        ("\u200b", "scan"),
        ("/", "scan"),
    ],
)
def test_a_name_is_made_fit_to_show(raw: str | None, clean: str) -> None:
    assert clean_name(raw) == clean


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("я" * 500 + ".pdf")
    assert len(name) == 200
    assert name.endswith("….pdf")


@given(st.text(max_size=400))
def test_every_name_is_short_visible_and_without_folders(raw: str) -> None:
    name = clean_name(raw)
    assert 1 <= len(name) <= 200
    assert not set("/\\\n\r") & set(name)
    assert all(not unicodedata.category(letter).startswith("C") for letter in name)
