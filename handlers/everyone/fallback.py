"""Whatever nothing else understood: always an answer, and the right screen below it."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from dishka.integrations.aiogram import FromDishka, inject

from services.accounts import screens
from services.accounts.go_home import GoHome
from services.accounts.models import Person
from services.conversation.reply import Reply
from services.conversation.screen import Screen
from services.reports.home import CoordinatorHome
from services.telegram.press import Press
from services.texts import Texts

router = Router(name="fallback")


@router.callback_query()
@inject
async def unknown_button(
    query: CallbackQuery,
    person: Person,
    texts: Texts,
    go_home: FromDishka[GoHome],
    watch: FromDishka[CoordinatorHome],
) -> Screen:
    press = Press.unpack(query.data or "")
    return await watch(person, texts) or screens.home(await go_home(person, press.participation if press else 0), texts)


@router.message(F.text)
@inject
async def unasked_text(
    _message: Message, person: Person, texts: Texts, go_home: FromDishka[GoHome], watch: FromDishka[CoordinatorHome]
) -> Reply:
    return await unasked("text", person, texts, go_home, watch)


@router.message()
@inject
async def unasked_content(
    _message: Message, person: Person, texts: Texts, go_home: FromDishka[GoHome], watch: FromDishka[CoordinatorHome]
) -> Reply:
    return await unasked("content", person, texts, go_home, watch)


async def unasked(what: str, person: Person, texts: Texts, go_home: GoHome, watch: CoordinatorHome) -> Reply:
    if region := await watch(person, texts):
        return Reply(messages=(Screen(texts("accounts.watcher_unasked")),), card=region)
    return Reply(messages=(Screen(texts(f"accounts.{what}_unasked")),), card=screens.home(await go_home(person), texts))
