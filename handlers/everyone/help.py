"""Help: what the bot does and whom to ask."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts import screens
from services.accounts.go_home import GoHome
from services.accounts.models import Person, Role
from services.checklists.screens import contacts
from services.conversation.screen import Screen
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="help")


@router.message(Command("help", ignore_case=True))
@inject
async def help_command(_message: Message, person: Person, texts: Texts, go_home: FromDishka[GoHome]) -> Screen:
    found = await go_home(person)
    if found.walk is None:
        return screens.help_without_college(texts, supports=Role.SUPPORT in found.roles)
    return contacts.help_(found.walk, texts)


@router.callback_query(Press.on("help", "not_mine"))
@inject
async def help_(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, go_home: FromDishka[GoHome]
) -> Screen:
    found = await go_home(person, press.participation)
    if found.walk is None:
        return screens.help_without_college(texts, supports=Role.SUPPORT in found.roles)
    if press.name == "not_mine":
        return contacts.not_mine(found.walk, texts)
    return contacts.help_(found.walk, texts, press.argument)
