"""What everybody presses and writes."""

from aiogram import Router

from handlers.everyone import fallback, help, home, start, stranger  # noqa: A004 (the screen's own name)


def front_routers() -> list[Router]:
    """First in line: coming in, turning strangers away, going home. Those behind may rely on a known person."""
    return [start.router, stranger.router, home.router, help.router]


def last_routers() -> list[Router]:
    """Last in line: whatever nothing else understood."""
    return [fallback.router]
