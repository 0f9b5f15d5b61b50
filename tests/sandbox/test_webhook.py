"""Webhooks: the secret header, order within a chat, another try until taken, and an answer that carries a call."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiohttp import web

from sandbox.client import Messenger, Person

SECRET = "secret-of_the-webhook"


@dataclass
class Receiver:
    """A bot's own server: answers with the statuses it was given, then with 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    reply: dict | None = None
    got: list[tuple[str | None, str]] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update["message"]["text"]))
        async with self.news:
            self.news.notify_all()
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.reply, status=status) if self.reply else web.Response(status=status)

    async def texts(self, count: int) -> list[str]:
        async with asyncio.timeout(10), self.news:
            await self.news.wait_for(lambda: len(self.got) >= count)
        return [text for _, text in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret(bot: Bot, petr: Person, receiver: Receiver):
    await petr.says("waited")
    await bot.set_webhook(receiver.url, secret_token=SECRET)
    await petr.says("fresh")
    assert await receiver.texts(2) == ["waited", "fresh"]
    assert {secret for secret, _ in receiver.got} == {SECRET}
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot, petr: Person, receiver: Receiver):
    poll = asyncio.gather(bot.get_updates(timeout=5), return_exceptions=True)
    await asyncio.sleep(0.2)
    await bot.set_webhook(receiver.url)
    (ended,) = await poll
    assert isinstance(ended, TelegramConflictError)
    assert "terminated by setWebhook request" in ended.message
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active; use delete"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_a_refused_update_comes_again_at_once_and_before_the_next(bot: Bot, petr: Person, receiver: Receiver):
    receiver.statuses = [500]
    await bot.set_webhook(receiver.url)
    await petr.says("one")
    await petr.says("two")
    assert await receiver.texts(3) == ["one", "one", "two"]
    assert "500" in (await bot.get_webhook_info()).last_error_message


async def test_a_poison_update_blocks_its_own_chat_only(
    bot: Bot, petr: Person, messenger: Messenger, receiver: Receiver
):
    irina = await messenger.with_role("coordinator")
    receiver.statuses = [500, 500]
    await bot.set_webhook(receiver.url)
    await petr.says("poison")
    await receiver.texts(2)
    await petr.says("behind it")
    await irina.says("another chat")
    assert await receiver.texts(5) == ["poison", "poison", "another chat", "poison", "behind it"]


async def test_an_answer_may_carry_a_call(bot: Bot, petr: Person, receiver: Receiver):
    receiver.reply = {"method": "sendMessage", "chat_id": petr.id, "text": "by the answer"}
    await bot.set_webhook(receiver.url)
    await petr.says("hello")
    assert (await petr.waits_for("by the answer")).from_bot


async def test_what_waits_can_be_dropped(bot: Bot, petr: Person, receiver: Receiver):
    await petr.says("forgotten")
    await bot.set_webhook(receiver.url, drop_pending_updates=True)
    await petr.says("kept")
    assert await receiver.texts(1) == ["kept"]


@pytest.mark.parametrize(
    "url", ["http://example.org/hook", "https://127.0.0.1/hook", "http://10.0.0.1/hook", "http://[::1"]
)
async def test_only_loopback_is_called(bot: Bot, url: str):
    with pytest.raises(TelegramBadRequest, match="bad webhook: an http URL on loopback must be provided"):
        await bot.set_webhook(url)


async def test_a_secret_of_wrong_letters_is_refused(bot: Bot, receiver: Receiver):
    with pytest.raises(TelegramBadRequest, match="secret token contains unallowed characters"):
        await bot.set_webhook(receiver.url, secret_token="with space")
