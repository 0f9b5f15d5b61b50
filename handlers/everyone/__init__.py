"""What everybody presses and writes."""

from aiogram import Router

from handlers.everyone import (
    consent,
    fallback,
    help,  # noqa: A004 (the screen's own name)
    home,
    privacy,
    start,
    stranger,
    tickets,
)


def front_routers() -> list[Router]:
    """First in line: coming in, what is kept, consent, turning strangers away, going home, words for support.

    Those behind may rely on a known person who has agreed.
    """
    return [start.router, privacy.router, consent.router, stranger.router, home.router, help.router, tickets.router]


def last_routers() -> list[Router]:
    """Last in line: whatever nothing else understood."""
    return [fallback.router]
