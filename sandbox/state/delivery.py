"""Delivers updates to a webhook: order kept within a chat, an update retried until taken or expired.

A 2xx answer takes the update. Anything else is tried again at once, then after 2 s doubling up to a minute, a
``Retry-After`` of up to an hour honoured. A poison update so blocks its own chat and no other.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.nursery import Nursery
from sandbox.state.bots import Bot, Webhook
from sandbox.state.clock import Clock
from sandbox.state.updates import Update

FIRST_DELAY_S = 2.0
LONGEST_DELAY_S = 60.0
LONGEST_RETRY_AFTER_S = 3600.0
ANSWER_WITHIN_S = 60.0
PROOF_HEADER = "X-Telegram-Bot-Api-Secret-Token"

RunReply = Callable[[Bot, dict[str, Any]], Awaitable[None]]


class Delivery:
    """Delivers one bot's updates for as long as the webhook it was started for stays set."""

    def __init__(self, bot: Bot, webhook: Webhook, clock: Clock, nursery: Nursery, run_reply: RunReply) -> None:
        self._bot = bot
        self._webhook = webhook
        self._clock = clock
        self._nursery = nursery
        self._run_reply = run_reply
        self._busy_chats: set[int] = set()
        self._slots = asyncio.Semaphore(webhook.max_connections)

    @property
    def _current(self) -> bool:
        return self._bot.webhook is self._webhook

    async def run(self) -> None:
        async with ClientSession(timeout=ClientTimeout(ANSWER_WITHIN_S)) as session:
            while self._current:
                for update in self._bot.updates.waiting():
                    if update.chat not in self._busy_chats:
                        self._busy_chats.add(update.chat)
                        self._nursery.start(self._serve_chat(session, update.chat))
                await self._bot.updates.arrival()

    async def _serve_chat(self, session: ClientSession, chat: int) -> None:
        failures = 0
        try:
            while self._current and (update := self._next_of(chat)):
                retry_after = await self._post(session, update)
                failures = 0 if retry_after is None else failures + 1
                if retry_after is not None:
                    await asyncio.sleep(max(retry_after, self._back_off(failures)))
        finally:
            self._busy_chats.discard(chat)
            self._bot.updates.wake()

    def _next_of(self, chat: int) -> Update | None:
        return next((update for update in self._bot.updates.all() if update.chat == chat), None)

    def _back_off(self, failures: int) -> float:
        return 0.0 if failures <= 1 else min(FIRST_DELAY_S * 2.0 ** (failures - 2), LONGEST_DELAY_S)

    async def _post(self, session: ClientSession, update: Update) -> float | None:
        """None when taken; else how long the receiver asked to wait, in seconds."""
        headers = {PROOF_HEADER: self._webhook.secret} if self._webhook.secret else {}
        try:
            async with self._slots, session.post(self._webhook.url, json=update.as_json(), headers=headers) as answer:
                if not answer.ok:
                    self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                    return _asked_delay(answer.headers.get("Retry-After"))
                self._bot.updates.confirm(update.id)
                reply = await answer.json(content_type=None) if answer.content_type == "application/json" else None
        except (ClientError, TimeoutError, ValueError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
            return 0.0 if update in self._bot.updates.all() else None
        if isinstance(reply, dict) and "method" in reply:
            await self._run_reply(self._bot, reply)
        return None

    def _failed(self, reason: str) -> None:
        self._webhook.last_error = reason
        self._webhook.last_error_at = int(self._clock.now())


def _asked_delay(value: str | None) -> float:
    return min(float(value), LONGEST_RETRY_AFTER_S) if value and value.isdigit() else 0.0
