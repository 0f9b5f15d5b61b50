"""Support's list of open tickets."""

from aiogram import Router
from aiogram.types import CallbackQuery
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Person
from services.accounts.screens import page_of
from services.conversation.refusal import Forbidden
from services.conversation.screen import Screen
from services.telegram.press import Press
from services.texts import Texts
from services.tickets.list_tickets import ShowDesk
from services.tickets.screens import lists

router = Router(name="desk")


@router.callback_query(Press.on("desk"))
@inject
async def desk(_query: CallbackQuery, press: Press, person: Person, texts: Texts, show: FromDishka[ShowDesk]) -> Screen:
    found = await show(person)
    if found is None:
        raise Forbidden
    return lists.desk(texts, found, page_of(press.argument))
