"""Home, and the choice between several."""

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts import screens
from services.accounts.go_home import GoHome
from services.accounts.models import Person
from services.accounts.show_home import ShowHome
from services.conversation.screen import Screen
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="home")


@router.message(CommandStart(ignore_case=True))
@router.message(Command("home", ignore_case=True))
@inject
async def home_command(_message: Message, person: Person, texts: Texts, show: FromDishka[ShowHome]) -> Screen:
    return await show(person, texts)


@router.callback_query(Press.on("home"))
@inject
async def home(_query: CallbackQuery, press: Press, person: Person, texts: Texts, show: FromDishka[ShowHome]) -> Screen:
    return await show(person, texts, press.participation)


@router.callback_query(Press.on("choose"))
@inject
async def choose(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, go_home: FromDishka[GoHome]
) -> Screen:
    found = await go_home(person)
    if len(screens.places(found)) <= 1:
        return screens.home(found, texts)
    return screens.choice(found, texts, screens.page_of(press.argument))
