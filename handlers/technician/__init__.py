"""What technicians press and send."""

from aiogram import Router

from handlers.technician import check, finish, kits, materials, participants, reviews, steps, upload


def routers() -> list[Router]:
    """A number that is asked for comes before files and before text that nobody asked for."""
    return [
        participants.router,
        steps.router,
        check.router,
        materials.router,
        finish.router,
        kits.router,
        reviews.router,
        upload.router,
    ]
