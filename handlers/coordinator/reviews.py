"""Questions and their decisions: the evidence, the answer, why, and the way back."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Account, Person
from services.conversation.models import Awaited
from services.conversation.reply import Reply
from services.conversation.screen import Screen
from services.reviews.ask_reason import REASON, AskReason
from services.reviews.decide_alike import DecideAlike
from services.reviews.draft import parse_draft
from services.reviews.give_reason import GiveReason
from services.reviews.screens import lists, question
from services.reviews.show_review import ShowReview
from services.reviews.show_reviews import ShowKits, ShowReviews
from services.reviews.take_back import TakeBack
from services.telegram.filters import Awaiting
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="reviews")


@router.callback_query(Press.on("review"))
@inject
async def review(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, show: FromDishka[ShowReview]
) -> Reply:
    return question.opened(texts, await show(person, press.participation, press.number))


@router.callback_query(Press.on("reviews"))
@inject
async def reviews(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, show: FromDishka[ShowReviews]
) -> Screen:
    what, page = lists.parse_place(press.argument)
    return lists.reviews(texts, await show(person, press.participation, page, are_open=what == lists.OPEN))


@router.callback_query(Press.on("kits_here"))
@inject
async def kits(_query: CallbackQuery, press: Press, person: Person, texts: Texts, show: FromDishka[ShowKits]) -> Screen:
    return lists.kits(texts, await show(person, press.participation, lists.parse_place(press.argument)[1]))


@router.callback_query(Press.on("why"))
@inject
async def why(
    _query: CallbackQuery,
    press: Press,
    texts: Texts,
    ask: FromDishka[AskReason],
    *,
    person: Person,
    account: Account | None,
) -> Screen:
    return question.why(texts, await ask(person, account, press.participation, parse_draft(press.argument)))


@router.callback_query(Press.on("decide"))
@inject
async def decide(
    _query: CallbackQuery,
    press: Press,
    texts: Texts,
    give: FromDishka[GiveReason],
    *,
    person: Person,
    account: Account | None,
) -> Screen:
    return question.given(texts, await give.ready(person, account, press.participation, press.argument, texts))


@router.message(Awaiting(REASON))
@inject
async def typed(
    message: Message,
    *,
    person: Person,
    account: Account,
    awaited: Awaited,
    texts: Texts,
    give: FromDishka[GiveReason],
) -> Screen:
    draft = str(awaited.detail.get("draft", ""))
    return question.given(
        texts, await give.typed(person, account, awaited.participation_id or 0, draft, message.text or "")
    )


@router.callback_query(Press.on("alike"))
@inject
async def alike(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, decide_all: FromDishka[DecideAlike]
) -> Screen:
    return question.all_decided(texts, await decide_all(person, press.participation, press.number))


@router.callback_query(Press.on("take_back"))
@inject
async def take_back(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, undo: FromDishka[TakeBack]
) -> Screen:
    return question.taken_back(texts, await undo(person, press.participation, press.number), press.participation)
