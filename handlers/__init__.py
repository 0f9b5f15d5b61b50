"""What people do in the messenger: a file is one screen or group of commands; it parses, calls one use case, shows."""

from aiogram import Router

from handlers.coordinator import routers as coordinator
from handlers.everyone import front_routers, last_routers
from handlers.support import routers as support
from handlers.technician import routers as technician


def routers() -> list[Router]:
    """All routers in the order in which they are asked: coming in first, what nobody understood last.

    A coordinator's file that was asked for comes before files that are taken for scans.
    """
    return [*front_routers(), *coordinator(), *technician(), *support(), *last_routers()]
