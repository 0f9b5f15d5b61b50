"""What is kept of people: for everybody to read, also before they come in."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.consent_screens import privacy_text
from services.accounts.models import Person
from services.accounts.show_privacy import ShowPrivacy
from services.conversation.reply import Reply
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="privacy")


@router.message(Command("privacy", ignore_case=True))
@inject
async def privacy_command(
    _message: Message, person: Person | None, texts: Texts, show: FromDishka[ShowPrivacy], *, agreed: bool
) -> Reply:
    text = privacy_text(texts, await show(person), "", agreed=agreed, known=person is not None)
    return Reply(messages=(text,))


@router.callback_query(Press.on("privacy"))
@inject
async def privacy(
    _query: CallbackQuery,
    press: Press,
    *,
    person: Person | None,
    texts: Texts,
    show: FromDishka[ShowPrivacy],
    agreed: bool,
) -> Reply:
    text = privacy_text(texts, await show(person), press.argument, agreed=agreed, known=person is not None)
    return Reply(messages=(text,))
