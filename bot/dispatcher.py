"""The dispatcher with its middlewares and all routers."""

from aiogram import Dispatcher
from dishka import AsyncContainer

from bot.middlewares.press_answer import PressAnswer
from bot.middlewares.transaction import Transaction
from handlers import routers


def make_dispatcher(container: AsyncContainer) -> Dispatcher:
    """Built anew for each process: routers belong to one dispatcher."""
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(PressAnswer())
    dispatcher.update.outer_middleware(Transaction(container))
    dispatcher.include_routers(*routers())
    return dispatcher
