"""Filters of messages by what the conversation waits for."""

from aiogram.filters import Filter
from aiogram.types import Message

from services.conversation.models import Awaited


class Awaiting(Filter):
    """Lets a text through where it answers a question of this kind."""

    def __init__(self, *what: str) -> None:
        self.what = what

    async def __call__(self, message: Message, awaited: Awaited | None = None) -> bool:
        return awaited is not None and awaited.what in self.what and message.text is not None
