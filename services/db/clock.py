"""The time: from outside, so that tests can set it."""

from datetime import UTC, datetime


class Clock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)
