"""The window, in eleven time zones."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.rules import Window, days_left, window_at

OPENS = datetime(2026, 8, 23, tzinfo=UTC)
CLOSES = datetime(2026, 8, 29, tzinfo=UTC)
ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Novosibirsk",
    "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka",
)  # fmt: skip


@given(st.integers(-(10**6), 10**6))
def test_the_window_is_open_from_its_first_moment_to_before_its_last(seconds: int):
    now = OPENS + timedelta(seconds=seconds)
    wanted = Window.BEFORE if now < OPENS else Window.OPEN if now < CLOSES else Window.OVER
    assert window_at(now, OPENS, CLOSES) == wanted


@pytest.mark.parametrize("zone", ZONES)
def test_days_left_never_grow_and_end_at_nought(zone: str):
    left = [days_left(OPENS + timedelta(hours=hour), CLOSES, zone) for hour in range(6 * 24 + 1)]
    assert left == sorted(left, reverse=True)
    assert left[-1] == 0
    assert left[0] == 6


def test_the_last_day_is_the_regions_own():
    closes = datetime(2026, 8, 29, 16, 59, 59, tzinfo=UTC)
    evening = datetime(2026, 8, 28, 17, 30, tzinfo=UTC)
    assert days_left(evening, closes, "Asia/Novosibirsk") == 0
    assert days_left(evening, closes, "Europe/Moscow") == 1
