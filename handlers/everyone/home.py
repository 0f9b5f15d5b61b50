"""Home, and the choice between several."""

from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts import screens
from services.accounts.go_home import GoHome
from services.accounts.models import Person
from services.conversation.screen import Screen
from services.reports.home import CoordinatorHome
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="home")


@router.message(CommandStart(ignore_case=True))
@router.message(Command("home", ignore_case=True))
@inject
async def home_command(
    _message: Message, person: Person, texts: Texts, go_home: FromDishka[GoHome], watch: FromDishka[CoordinatorHome]
) -> Screen:
    return await watch(person, texts) or screens.home(await go_home(person), texts)


@router.callback_query(Press.on("home"))
@inject
async def home(
    _query: CallbackQuery,
    press: Press,
    texts: Texts,
    go_home: FromDishka[GoHome],
    watch: FromDishka[CoordinatorHome],
    *,
    person: Person,
) -> Screen:
    return await watch(person, texts) or screens.home(await go_home(person, press.participation), texts)


@router.callback_query(Press.on("choose"))
@inject
async def choose(
    _query: CallbackQuery, press: Press, person: Person, texts: Texts, go_home: FromDishka[GoHome]
) -> Screen:
    found = await go_home(person)
    if len(screens.places(found)) <= 1:
        return screens.home(found, texts)
    return screens.choice(found, texts, screens.page_of(press.argument))
