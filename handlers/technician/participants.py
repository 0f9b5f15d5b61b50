"""The number of participants: pressed or typed."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Account, Person
from services.checklists.expect_number import PARTICIPANTS
from services.checklists.screens.answers import number_taken, number_typed
from services.checklists.set_participants import SetParticipants
from services.conversation.models import Awaited
from services.conversation.reply import Reply
from services.conversation.screen import Screen
from services.telegram.filters import Awaiting
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="participants")


@router.callback_query(Press.on("participants"))
@inject
async def pressed(
    _query: CallbackQuery,
    press: Press,
    person: Person,
    account: Account,
    texts: Texts,
    declare: FromDishka[SetParticipants],
) -> Screen:
    return number_taken(await declare(person, account, press.participation, press.argument), texts)


@router.message(Awaiting(PARTICIPANTS))
@inject
async def typed(
    message: Message,
    *,
    person: Person,
    account: Account,
    awaited: Awaited,
    texts: Texts,
    declare: FromDishka[SetParticipants],
) -> Reply:
    return number_typed(await declare(person, account, awaited.participation_id or 0, message.text or ""), texts)
