"""Updates are kept until confirmed, one poller at a time, and grow old as on the real server."""

import asyncio
import time

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError, TelegramUnauthorizedError
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.client import Messenger, Person
from sandbox.server import Sandbox
from tests.sandbox.conftest import bot_of


async def texts(bot: Bot, **options) -> list[str | None]:
    return [update.message.text if update.message else None for update in await bot.get_updates(**options)]


async def test_updates_come_again_until_confirmed(bot: Bot, petr: Person):
    await petr.says("one")
    await petr.says("two")
    first = await bot.get_updates(limit=2, timeout=0)
    await asyncio.sleep(0.6)
    assert await texts(bot) == ["one", "two"]
    assert first[1].update_id == first[0].update_id + 1
    assert await texts(bot, offset=first[1].update_id) == ["two"]
    await asyncio.sleep(0.6)
    assert await texts(bot) == ["two"]


async def test_the_same_offset_at_once_gives_one_update(bot: Bot, petr: Person):
    for word in ("one", "two", "three"):
        await petr.says(word)
    await asyncio.sleep(0.6)
    assert len(await bot.get_updates()) == 3
    assert len(await bot.get_updates()) == 1


async def test_negative_offset_forgets_all_but_the_last(bot: Bot, petr: Person):
    for word in ("one", "two", "three"):
        await petr.says(word)
    assert await texts(bot, offset=-1) == ["three"]
    await asyncio.sleep(0.6)
    assert await texts(bot) == ["three"]


async def test_a_long_poll_ends_when_something_comes(bot: Bot, petr: Person):
    async def speak_later() -> None:
        await asyncio.sleep(0.2)
        await petr.says("hello")

    began = time.monotonic()
    updates, _ = await asyncio.gather(texts(bot, timeout=10), speak_later())
    assert updates == ["hello"]
    assert time.monotonic() - began < 3


async def test_a_long_poll_ends_empty(bot: Bot, petr: Person):
    assert await bot.get_updates(timeout=1) == []


async def test_the_earlier_poller_loses(bot: Bot, sandbox: Sandbox, petr: Person):
    async with bot_of(sandbox) as other:
        earlier = asyncio.gather(bot.get_updates(timeout=5), return_exceptions=True)
        await asyncio.sleep(0.2)
        later = asyncio.gather(other.get_updates(timeout=5))
        (lost,) = await earlier
        await petr.says("hello")
        ((update,),) = await later
    assert isinstance(lost, TelegramConflictError)
    assert "terminated by other getUpdates request; make sure that only one bot instance is running" in lost.message
    assert update.message.text == "hello"


async def test_kinds_not_asked_for_are_never_made(bot: Bot, petr: Person):
    await bot.get_updates(allowed_updates=["callback_query"])
    await petr.says("unheard")
    await bot.get_updates(allowed_updates=["message"])
    await petr.says("heard")
    await asyncio.sleep(0.6)
    assert await texts(bot) == ["heard"]


async def test_messages_live_a_day_and_presses_150_seconds(bot: Bot, petr: Person, messenger: Messenger):
    card = await bot.send_message(petr.id, "card", reply_markup=keyboard())
    await petr.says("hello")
    await petr.presses_data(card.message_id, "go", wait=0)
    await messenger.advances(151)
    await asyncio.sleep(0.6)
    assert await texts(bot) == ["hello"]
    await messenger.advances(86_400)
    assert await bot.get_updates() == []


async def test_a_press_cannot_be_answered_after_150_seconds(bot: Bot, petr: Person, messenger: Messenger):
    card = await bot.send_message(petr.id, "card", reply_markup=keyboard())
    await petr.presses_data(card.message_id, "go", wait=0)
    (update,) = await bot.get_updates()
    await messenger.advances(151)
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired or query ID is"):
        await bot.answer_callback_query(update.callback_query.id)


async def test_another_secret_of_a_known_bot_is_refused(sandbox: Sandbox, bot: Bot):
    async with bot_of(sandbox, f"{bot.id}:{'B' * 35}") as impostor:
        with pytest.raises(TelegramUnauthorizedError, match="Unauthorized"):
            await impostor.get_me()


async def test_a_malformed_token_is_refused(messenger: Messenger, sandbox: Sandbox):
    body, _ = await raw(messenger, "/bot12:short/getMe")
    assert body == {"ok": False, "error_code": 401, "description": "Unauthorized: invalid token specified"}


async def raw(messenger: Messenger, path: str, **options):
    async with messenger._session.post(messenger.url + path, **options) as response:
        return await response.json(), response.status


def keyboard() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go")]])
