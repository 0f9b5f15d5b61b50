"""Trouble on order, and the journal that tells what happened."""

import asyncio
import time

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.types import BufferedInputFile

from sandbox.client import Messenger, Person


async def test_an_ordered_refusal_comes_so_many_times(bot: Bot, petr: Person, messenger: Messenger):
    await messenger.fails(method="sendMessage", status=502, description="Bad Gateway", times=2)
    for _ in range(2):
        with pytest.raises(TelegramServerError, match="Bad Gateway"):
            await bot.send_message(petr.id, "x")
    await bot.send_message(petr.id, "through")
    assert await petr.waits_for("through", since="start")


async def test_a_flood_wait_names_its_seconds(bot: Bot, petr: Person, messenger: Messenger):
    await messenger.fails(method="sendMessage", person=petr.id, retry_after=7)
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(petr.id, "x")
    assert refusal.value.retry_after == 7


@pytest.mark.parametrize(("drop", "arrived"), [("before", 0), ("after", 1)])
async def test_a_dropped_connection_with_and_without_effect(
    bot: Bot, petr: Person, messenger: Messenger, drop: str, arrived: int
):
    await messenger.fails(method="sendMessage", drop=drop)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(petr.id, "perhaps")
    assert await petr.receives("perhaps") == arrived


async def test_a_fault_for_one_person_spares_the_other(bot: Bot, petr: Person, messenger: Messenger):
    irina = await messenger.with_role("coordinator")
    await irina.says("/start")
    await messenger.fails(person=irina.id, status=500)
    await bot.send_message(petr.id, "spared")
    with pytest.raises(TelegramServerError):
        await bot.send_message(irina.id, "hit")


async def test_delay_and_healing(bot: Bot, petr: Person, messenger: Messenger):
    await messenger.fails(method="getMe", delay_ms=300)
    began = time.monotonic()
    await bot.get_me()
    assert time.monotonic() - began >= 0.3
    await messenger.fails(method="getMe", status=500, times=100)
    await messenger.heals()
    assert await bot.get_me()


async def test_the_journal_has_every_request_without_bytes(bot: Bot, petr: Person, messenger: Messenger):
    before = (await messenger.log())[-1]["seq"]
    await bot.send_document(petr.id, BufferedInputFile(b"secret bytes", "a.pdf"), caption="see")
    (entry,) = await messenger.log(since=before)
    assert (entry["method"], entry["status"], entry["params"]["caption"]) == ("sendDocument", 200, "see")
    assert "secret bytes" not in str(entry)
    assert "<a.pdf, 12>" in str(entry)


async def test_live_events_tell_of_messages_and_actions(bot: Bot, petr: Person, messenger: Messenger):
    address = f"{messenger.url}/people/{petr.id}/events"
    async with messenger._session.get(address) as stream:
        await stream.content.readuntil(b"\n\n")
        await bot.send_chat_action(petr.id, "typing")
        await bot.send_message(petr.id, "hello")
        heard = b""
        async with asyncio.timeout(5):
            while b'"kind": "message"' not in heard:
                heard += await stream.content.readuntil(b"\n\n")
    assert b'"kind": "action"' in heard


async def test_reset_empties_chats_and_queues(bot: Bot, petr: Person, messenger: Messenger):
    await petr.says("before")
    await messenger.resets()
    assert await petr.messages() == []
    assert await bot.get_updates() == []
