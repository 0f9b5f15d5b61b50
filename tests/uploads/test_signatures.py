"""Links and Telegram's word: read as they were signed, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.telegram.init_data import InitData, WrongInitData
from services.uploads.link import BROKEN, EXPIRED, Grant, UploadLinks, WrongLink
from tests.planted import TOKEN
from tests.uploads.signing import signed

NOW = datetime(2026, 8, 27, 12, 0, tzinfo=UTC)
LINKS = UploadLinks(b"s" * 32, "https://scans.example.org/")
GRANT = Grant(7, 3, 123_456, 900_001, NOW + timedelta(days=1))


def test_a_link_is_read_as_it_was_made() -> None:
    address = LINKS.link(7, 3, 123_456, 900_001, GRANT.expires)
    assert address is not None
    assert address.startswith("https://scans.example.org/upload/")
    assert LINKS.read(address.rpartition("/")[2], NOW) == GRANT
    assert UploadLinks(b"s", "").link(7, 3, 1, 2, NOW) is None
    assert LINKS.app(3) == "https://scans.example.org/app?college=3"
    assert UploadLinks(b"s", "http://127.0.0.1:8080").app(3) is None, "Telegram opens https only"


def test_a_link_ends_and_another_key_opens_nothing() -> None:
    token = LINKS.token(GRANT)
    for links, now, why in ((LINKS, GRANT.expires, EXPIRED), (UploadLinks(b"other", ""), NOW, BROKEN)):
        with pytest.raises(WrongLink) as wrong:
            links.read(token, now)
        assert wrong.value.why == why


@given(st.integers(0, 70), st.sampled_from("ABCdef012-_"))
def test_no_letter_of_a_link_can_be_changed(place: int, letter: str) -> None:
    token = LINKS.token(GRANT)
    forged = token[:place] + letter + token[place + 1 :]
    if forged != token:
        with pytest.raises(WrongLink):
            LINKS.read(forged, NOW)


@given(st.text() | st.text("AZaz09-_", min_size=71, max_size=71))
def test_garbage_is_no_link(garbage: str) -> None:
    with pytest.raises(WrongLink):
        LINKS.read(garbage, NOW)


def test_good_init_data_names_its_user() -> None:
    assert InitData(TOKEN).read(signed(NOW), NOW).id == 42


@given(st.text() | st.lists(st.tuples(st.text(), st.text())).map(lambda pairs: "&".join("=".join(p) for p in pairs)))
def test_no_garbage_is_taken_for_telegrams_word(garbage: str) -> None:
    with pytest.raises(WrongInitData):
        InitData(TOKEN).read(garbage, NOW)


@given(st.integers(0, 250), st.characters())
def test_no_letter_of_telegrams_word_can_be_changed(place: int, letter: str) -> None:
    good = signed(NOW)
    place %= len(good)
    forged = good[:place] + letter + good[place + 1 :]
    try:
        assert InitData(TOKEN).read(forged, NOW).id == 42, "at most another spelling of the same word"
    except WrongInitData:
        return
