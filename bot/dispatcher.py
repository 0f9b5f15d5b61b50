"""The dispatcher with its middlewares and all routers."""

from functools import cache

from aiogram import Dispatcher

from bot.middlewares.press_answer import PressAnswer
from bot.middlewares.transaction import Transaction
from handlers import routers


@cache
def the_dispatcher() -> Dispatcher:
    """The one of the process, for a router belongs to one dispatcher. The container comes with each update."""
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(PressAnswer())
    dispatcher.update.outer_middleware(Transaction())
    dispatcher.include_routers(*routers())
    return dispatcher
