"""What support presses."""

from aiogram import Router

from handlers.support import desk


def routers() -> list[Router]:
    """What both sides of a ticket press is among everybody's."""
    return [desk.router]
