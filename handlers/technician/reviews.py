"""What a technician asks the coordinator: to accept a page, to take a page for the one it is, another number."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Account, Person
from services.conversation.models import Awaited
from services.conversation.screen import Screen
from services.reviews.ask_accept import AskAccept
from services.reviews.ask_number import ASKED_NUMBER, AskNumber
from services.reviews.name_page import PAGE_NAME, NamePage
from services.reviews.screens import asks
from services.telegram.filters import Awaiting
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="technician_reviews")


@router.callback_query(Press.on("ask_accept"))
@inject
async def ask_accept(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, ask: FromDishka[AskAccept]
) -> Screen:
    return asks.accept_asked(texts, await ask(person, press.participation, press.argument))


@router.callback_query(Press.on("accept_which"))
@inject
async def accept_which(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, ask: FromDishka[AskAccept]
) -> Screen:
    return asks.to_accept(texts, await ask.which(person, press.participation, press.argument))


@router.callback_query(Press.on("name_page"))
@inject
async def name_page(
    _query: CallbackQuery,
    press: Press,
    texts: Texts,
    name: FromDishka[NamePage],
    *,
    person: Person,
    account: Account | None,
) -> Screen:
    return asks.to_name(texts, await name.ask(person, account, press.participation, press.argument))


@router.message(Awaiting(PAGE_NAME))
@inject
async def page_named(
    message: Message,
    *,
    person: Person,
    account: Account,
    awaited: Awaited,
    texts: Texts,
    name: FromDishka[NamePage],
) -> Screen:
    page = int(awaited.detail.get("page", 0))
    return asks.page_named(texts, await name(person, account, awaited.participation_id or 0, page, message.text or ""))


@router.callback_query(Press.on("ask_number"))
@inject
async def ask_number(
    _query: CallbackQuery,
    press: Press,
    texts: Texts,
    ask: FromDishka[AskNumber],
    *,
    person: Person,
    account: Account | None,
) -> Screen:
    return asks.number_wanted(texts, await ask.begin(person, account, press.participation, decides=False))


@router.message(Awaiting(ASKED_NUMBER))
@inject
async def number_typed(
    message: Message, *, person: Person, account: Account, awaited: Awaited, texts: Texts, ask: FromDishka[AskNumber]
) -> Screen:
    asked = await ask.asked(person, account, awaited.participation_id or 0, message.text or "")
    return asks.number_asked(texts, asked)
