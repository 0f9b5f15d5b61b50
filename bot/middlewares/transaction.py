"""One transaction per update: done, changes and answer are committed together or not at all."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject
from dishka import AsyncContainer
from sqlalchemy.ext.asyncio import AsyncSession

from bot.middlewares.answer import refusal_screen, say_answer
from bot.middlewares.who import Who, who_is_it
from services.conversation.refusal import Refusal
from services.db.clock import Clock
from services.db.database import Database
from services.inbox.inbox import mark_done
from services.outbox.outbox import Outbox


class Transaction(BaseMiddleware):
    """Opens the transaction and the request's container, finds out who speaks, and queues what the handler returns.

    A refusal undoes the handler's changes and is told in a transaction of its own.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        database = await data["container"].get(Database)
        try:
            async with database.transaction() as session:
                await self.handle(session, handler, event, data)
        except Refusal as refusal:
            async with database.transaction() as session:
                await self.refuse(session, refusal, event, data)

    async def handle(
        self,
        session: AsyncSession,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> None:
        container: AsyncContainer = data["container"]
        clock = await container.get(Clock)
        if not await mark_done(session, data["inbox_id"], clock.now()):
            return
        who = await who_is_it(session, event, data["bot"].id)
        if who is None:
            return
        data.update(who.as_data(), session=session)
        async with container(context={AsyncSession: session}) as request:
            data["dishka_container"] = request
            result = await handler(event, data)
            await say_answer(await request.get(Outbox), session, who, result, data)

    async def refuse(
        self, session: AsyncSession, refusal: Refusal, event: TelegramObject, data: dict[str, Any]
    ) -> None:
        clock = await data["container"].get(Clock)
        who: Who | None = await who_is_it(session, event, data["bot"].id)
        if who is None or not await mark_done(session, data["inbox_id"], clock.now()):
            return
        await say_answer(Outbox(session, clock), session, who, refusal_screen(refusal, who.texts), data)
