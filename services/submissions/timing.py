"""When a batch is summed up: albums are separate messages without an end, so only silence tells that all is here."""

from datetime import datetime, timedelta

QUIET = timedelta(seconds=3)
"""How long a person is silent before what they sent is summed up."""

LONGEST = timedelta(seconds=15)
"""After so long a batch is summed up although files keep coming; later ones open the next batch."""


def time_left(opened_at: datetime, last_file_at: datetime, now: datetime) -> timedelta:
    """How long a batch still gathers; zero where its time has come."""
    due = min(last_file_at + QUIET, opened_at + LONGEST)
    return max(due - now, timedelta(0))
