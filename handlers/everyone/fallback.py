"""Whatever nothing else understood: always an answer, and the right screen below it."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Account, Person
from services.accounts.show_home import ShowHome
from services.conversation.reply import Reply
from services.conversation.screen import Screen
from services.telegram.press import Press
from services.telegram.words import words_of
from services.texts import Texts
from services.tickets.keep_question import KeepQuestion
from services.tickets.list_tickets import ShowDesk
from services.tickets.screens import form

router = Router(name="fallback")


@router.callback_query()
@inject
async def unknown_button(query: CallbackQuery, person: Person, texts: Texts, show_home: FromDishka[ShowHome]) -> Screen:
    press = Press.unpack(query.data or "")
    return await show_home(person, texts, press.participation if press else 0)


@router.message(F.text)
@inject
async def unasked_text(
    message: Message,
    *,
    person: Person,
    account: Account,
    texts: Texts,
    desk: FromDishka[ShowDesk],
    keep: FromDishka[KeepQuestion],
    show_home: FromDishka[ShowHome],
) -> Reply:
    card = await show_home(person, texts)
    if await desk(person) is not None:
        return Reply(messages=(Screen(texts("ticket.unasked.support")),), card=card)
    return Reply(messages=(form.unasked(texts, await keep(person, account, words_of(message))),), card=card)


@router.message()
@inject
async def unasked_content(_message: Message, person: Person, texts: Texts, show_home: FromDishka[ShowHome]) -> Reply:
    return Reply(messages=(Screen(texts("accounts.content_unasked")),), card=await show_home(person, texts))
