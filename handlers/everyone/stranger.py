"""People without an invite: one polite answer to everything, and nothing is kept of them."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message, TelegramObject

from services.accounts import screens
from services.accounts.models import Person
from services.conversation.screen import Screen
from services.texts import Texts

router = Router(name="stranger")


async def unknown(_event: TelegramObject, person: Person | None = None) -> bool:
    """A filter: true for those who never came in by an invite."""
    return person is None


@router.message(unknown)
async def words(_message: Message, texts: Texts) -> Screen:
    return screens.stranger(texts)


@router.callback_query(unknown)
async def press(_query: CallbackQuery, texts: Texts) -> Screen:
    return screens.stranger(texts)
