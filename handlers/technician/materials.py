"""The event's files."""

from aiogram import Router
from aiogram.types import CallbackQuery
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts.models import Person
from services.checklists.screens.materials import messages
from services.checklists.screens.step import step
from services.checklists.send_materials import SendMaterials
from services.conversation.reply import Reply
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="materials")


@router.callback_query(Press.on("materials"))
@inject
async def materials(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, send: FromDishka[SendMaterials]
) -> Reply:
    sent = await send(person, press.participation, press.argument)
    return Reply(messages(sent.files, texts), step(sent.walk, sent.step, texts))
