"""The region's list of colleges."""

from aiogram import Router
from aiogram.types import CallbackQuery
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Person
from services.conversation.screen import Screen
from services.reports import screens
from services.reports.region import ShowRegion
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="region")


@router.callback_query(Press.on("region"))
@inject
async def region(
    _query: CallbackQuery, press: Press, texts: Texts, show: FromDishka[ShowRegion], person: Person | None
) -> Screen:
    region_id, group, page = screens.parse_place(press.argument)
    return screens.region(texts, await show(person, region_id, group, page))
