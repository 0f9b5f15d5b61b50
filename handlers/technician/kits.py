"""The picture of the kits, on request."""

from aiogram import Router
from aiogram.types import CallbackQuery
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Person
from services.conversation.reply import Reply
from services.kits.show_picture import ShowPicture
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="kits")


@router.callback_query(Press.on("kits_picture"))
@inject
async def kits_picture(
    _query: CallbackQuery, press: Press, texts: Texts, show: FromDishka[ShowPicture], person: Person | None
) -> Reply:
    return Reply(messages=(await show(person, press.participation, texts),))
