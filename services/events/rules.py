"""Pure rules of an event's window."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Window(StrEnum):
    """Where now stands to the event's window."""

    BEFORE = "before"
    OPEN = "open"
    OVER = "over"


def window_at(now: datetime, opens_at: datetime, closes_at: datetime) -> Window:
    """The window is open from its first moment and closed from its last one on."""
    if now < opens_at:
        return Window.BEFORE
    return Window.OPEN if now < closes_at else Window.OVER


def days_left(now: datetime, closes_at: datetime, zone: str) -> int:
    """Midnights to come before the window closes, as people of that zone count; 0 on its last day."""
    place = ZoneInfo(zone)
    return (closes_at.astimezone(place).date() - now.astimezone(place).date()).days
