"""Self-checks, question by question."""

from aiogram import Router
from aiogram.types import CallbackQuery
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Person
from services.checklists.answer_check_item import AnswerCheckItem
from services.checklists.screens.answers import asked
from services.conversation.screen import Screen
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="check")


@router.callback_query(Press.on("check_item", "check"))
@inject
async def check(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, answer: FromDishka[AnswerCheckItem]
) -> Screen:
    item, _, given = press.argument.partition(".")
    return asked(await answer(person, press.participation, item, given), texts)
