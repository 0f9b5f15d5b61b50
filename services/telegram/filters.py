"""Filters of messages by what the conversation waits for."""

from aiogram.filters import Filter
from aiogram.types import Message

from services.conversation.models import Awaited
from services.tickets import awaiting


class Awaiting(Filter):
    """Lets a text through where it answers a question of this kind."""

    def __init__(self, *what: str) -> None:
        self.what = what

    async def __call__(self, message: Message, awaited: Awaited | None = None) -> bool:
        return awaited is not None and awaited.what in self.what and message.text is not None


class AwaitingFile(Filter):
    """Lets a file through where it answers a question of this kind."""

    def __init__(self, *what: str) -> None:
        self.what = what

    async def __call__(self, message: Message, awaited: Awaited | None = None) -> bool:  # noqa: ARG002 (aiogram calls a filter so)
        return awaited is not None and awaited.what in self.what


class AwaitingWords(Filter):
    """Lets whatever a person sends through to a ticket that waits for it; of an album that has begun, the rest."""

    async def __call__(self, message: Message, awaited: Awaited | None = None) -> bool:
        if awaited is None:
            return False
        if awaited.what == awaiting.ALBUM:
            return message.media_group_id is not None and message.media_group_id == awaited.detail.get("album")
        return awaited.what in (awaiting.NEW, awaiting.MORE)
