"""Answers every press, whatever becomes of it: an unanswered button spins in the person's hand."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import AiogramError
from aiogram.types import TelegramObject, Update

from bot.middlewares.said import Said
from services.telegram.errors import refused

log = structlog.get_logger(__name__)


class PressAnswer(BaseMiddleware):
    """Goes directly, best effort: the server keeps a press for seconds only, so it cannot wait in the outbox."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if not isinstance(event, Update) or event.callback_query is None:
            return await handler(event, data)
        data["said"] = said = Said()
        try:
            return await handler(event, data)
        finally:
            await self.answer(data["bot"], event.callback_query.id, said.toast)

    async def answer(self, bot: Bot, query_id: str, toast: str) -> None:
        try:
            await bot.answer_callback_query(query_id, text=toast or None, request_timeout=5)
        except AiogramError as error:
            log.debug("press.answer_dropped", fate=refused(error).fate)
