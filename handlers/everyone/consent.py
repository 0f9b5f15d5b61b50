"""Consent: given, refused, and asked again of those who are in already."""

from typing import Any

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, TelegramObject
from dishka.integrations.aiogram import FromDishka, inject

from handlers.everyone.start import caller
from services.accounts import consent_screens, screens
from services.accounts.agree import Agree
from services.accounts.ask_consent import AskConsent
from services.accounts.decline import Decline
from services.accounts.models import Person
from services.accounts.redeem_invite import NotLetIn
from services.accounts.show_home import ShowHome
from services.accounts.show_privacy import ShowPrivacy
from services.conversation.reply import Reply
from services.conversation.screen import Screen
from services.outbox.outbox import Chat
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="consent")


@router.callback_query(Press.on("agree"))
@inject
async def agree(
    query: CallbackQuery,
    press: Press,
    *,
    bot: Bot,
    chat: Chat,
    person: Person | None,
    texts: Texts,
    agree_: FromDishka[Agree],
    show_home: FromDishka[ShowHome],
) -> Screen:
    asked = query.message.message_id if query.message else 0
    entry = await agree_(caller(query.from_user, bot, chat), press.argument, asked, texts)
    if isinstance(entry, NotLetIn):
        return screens.not_let_in(entry, texts, known=person is not None)
    return await show_home.entered(entry, texts)


@router.callback_query(Press.on("decline"))
@inject
async def decline(
    _query: CallbackQuery,
    press: Press,
    *,
    chat: Chat,
    person: Person | None,
    texts: Texts,
    decline_: FromDishka[Decline],
    show: FromDishka[ShowPrivacy],
) -> Reply:
    await decline_(chat)
    told = consent_screens.declined(texts, press.argument, await show(person), known=person is not None)
    return Reply(messages=(told,))


async def not_agreed(_event: TelegramObject, person: Person | None = None, *, agreed: bool = False) -> bool:
    """A filter: true for people of ours who have not agreed to the text as it stands now."""
    return person is not None and not agreed


@router.callback_query(not_agreed)
@router.message(not_agreed)
@inject
async def ask_first(
    _event: TelegramObject,
    inbox_id: int,
    raw: dict[str, Any],
    chat: Chat,
    texts: Texts,
    ask: FromDishka[AskConsent],
) -> None:
    await ask(inbox_id, raw, chat, texts)
