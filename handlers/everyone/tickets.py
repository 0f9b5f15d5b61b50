"""Tickets: asking support, writing on, and what both sides press. Who may do what the use cases know."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Account, Person
from services.accounts.screens import page_of
from services.conversation.models import Awaited
from services.conversation.screen import Screen
from services.outbox.outbox import Chat
from services.telegram.filters import AwaitingWords
from services.telegram.press import Press
from services.telegram.words import words_of
from services.texts import Texts
from services.tickets import awaiting
from services.tickets.ask_support import AskSupport
from services.tickets.await_words import AwaitWords
from services.tickets.begin_ticket import BeginTicket
from services.tickets.close_ticket import CloseTicket
from services.tickets.find_replied import FindReplied
from services.tickets.list_tickets import ListOwn
from services.tickets.models import Side
from services.tickets.say_in_ticket import SayInTicket
from services.tickets.screens import form, lists
from services.tickets.screens.card import card
from services.tickets.send_question import SendQuestion
from services.tickets.show_ticket import ShowTicket

router = Router(name="tickets")


def number_of(press: Press) -> int:
    """The ticket of a button; 0, which none has, for a forged one."""
    argument = press.argument
    return int(argument) if argument.isascii() and argument.isdigit() and len(argument) < 19 else 0


@router.callback_query(Press.on("ticket"))
@inject
async def begin(
    _query: CallbackQuery,
    press: Press,
    person: Person,
    account: Account,
    texts: Texts,
    begin_ticket: FromDishka[BeginTicket],
) -> Screen:
    return form.begun(texts, await begin_ticket(person, account, press.participation, press.argument))


@router.callback_query(Press.on("tickets"))
@inject
async def own(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, list_own: FromDishka[ListOwn]
) -> Screen:
    return lists.own(texts, await list_own(person), page_of(press.argument))


@router.callback_query(Press.on("ticket_open"))
@inject
async def open_(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, show: FromDishka[ShowTicket]
) -> Screen:
    return card(texts, *await show(person, number_of(press)))


@router.callback_query(Press.on("ticket_words"))
@inject
async def more(
    _query: CallbackQuery,
    press: Press,
    person: Person,
    account: Account,
    texts: Texts,
    await_words: FromDishka[AwaitWords],
) -> Screen:
    return form.more_words(texts, *await await_words(person, account, number_of(press)))


@router.callback_query(Press.on("ticket_close"))
@inject
async def close(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, close_ticket: FromDishka[CloseTicket]
) -> Screen:
    return card(texts, *await close_ticket(person, number_of(press)))


@router.callback_query(Press.on("ticket_send"))
@inject
async def send(
    _query: CallbackQuery,
    press: Press,
    person: Person,
    account: Account,
    texts: Texts,
    send_question: FromDishka[SendQuestion],
) -> Screen:
    return form.sent(texts, await send_question(person, account, number_of(press)))


@router.message(F.reply_to_message)
@inject
async def reply(
    message: Message,
    *,
    person: Person,
    account: Account,
    chat: Chat,
    texts: Texts,
    find: FromDishka[FindReplied],
    say: FromDishka[SayInTicket],
) -> Screen | None:
    answered = message.reply_to_message
    number = await find(chat, answered.message_id) if answered else None
    if number is None:
        raise SkipHandler
    words = words_of(message)
    if words.empty:
        return form.only_words(texts)
    await say(person, account, number, words)
    return None


@router.message(AwaitingWords())
@inject
async def words_came(
    message: Message,
    *,
    person: Person,
    account: Account,
    awaited: Awaited,
    texts: Texts,
    ask: FromDishka[AskSupport],
    say: FromDishka[SayInTicket],
) -> Screen | None:
    words = words_of(message)
    if words.empty:
        return form.only_words(texts)
    if awaited.what == awaiting.NEW:
        opened = await ask(person, account, awaited, words)
        return card(texts, opened, Side.PERSON, with_file=bool(words.attachment))
    view, side = await say(person, account, awaited.detail["ticket"], words)
    return card(texts, view, side, with_file=bool(words.attachment)) if awaited.what == awaiting.MORE else None
