"""A college's page."""

from aiogram import Router
from aiogram.types import CallbackQuery
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Person
from services.conversation.screen import Screen
from services.reports import screens
from services.reports.college import ShowCollege
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="college")


@router.callback_query(Press.on("college"))
@inject
async def college(
    _query: CallbackQuery, press: Press, texts: Texts, show: FromDishka[ShowCollege], person: Person | None
) -> Screen:
    return screens.college(texts, await show(person, press.participation))
