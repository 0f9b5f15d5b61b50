"""Another number of participants, by the coordinator's own decision."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Account, Person
from services.conversation.models import Awaited
from services.conversation.screen import Screen
from services.reviews.ask_number import DECIDED_NUMBER, AskNumber, NumberWanted
from services.reviews.screens import asks, question
from services.telegram.filters import Awaiting
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="coordinator_number")


@router.callback_query(Press.on("number"))
@inject
async def number(
    _query: CallbackQuery,
    press: Press,
    texts: Texts,
    ask: FromDishka[AskNumber],
    *,
    person: Person,
    account: Account | None,
) -> Screen:
    return asks.number_wanted(texts, await ask.begin(person, account, press.participation, decides=True))


@router.message(Awaiting(DECIDED_NUMBER))
@inject
async def typed(
    message: Message, *, person: Person, account: Account, awaited: Awaited, texts: Texts, ask: FromDishka[AskNumber]
) -> Screen:
    asked = await ask.decided(person, account, awaited.participation_id or 0, message.text or "")
    return asks.number_wanted(texts, asked) if isinstance(asked, NumberWanted) else question.why(texts, asked)
