"""Intake by long polling: an update is saved before it is confirmed to the server."""

import asyncio
import json
from http import HTTPStatus
from typing import Any, cast

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUpdates
from aiohttp import ClientError, ClientTimeout

from services.db.slot import Slot
from services.inbox.inbox import Inbox, is_update, not_json
from services.telegram.errors import Fate, refused

log = structlog.get_logger(__name__)

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
LONG_POLL_S = 25
GRACE_S = 10
PAUSE_S = 3.0
NEXT_IN_LINE_S = 1.0


class Polling:
    """Asks one bot's server for updates for ever. The next request's offset is what confirms, so it is sent only after
    the commit. Of several processes only the leader asks: the server ends the request of one when another asks.
    """

    def __init__(self, bot: Bot, inbox: Inbox, slot: Slot) -> None:
        self.bot = bot
        self.inbox = inbox
        self.slot = slot
        self.offset: int | None = None
        self.asking: asyncio.Timeout | None = None
        self.stopped = False

    def stop(self) -> None:
        """Asks no more; a request on its way is dropped, what has come is still saved."""
        self.stopped = True
        if self.asking is not None:
            self.asking.reschedule(asyncio.get_running_loop().time())

    async def run(self) -> None:
        """Loops until stopped. Raises TelegramUnauthorizedError where the server does not know the token."""
        await self.leave_webhook()
        while not self.stopped:
            if self.slot.leads:
                await asyncio.sleep(await self.pause_after_one())
            else:
                await asyncio.sleep(NEXT_IN_LINE_S)

    async def pause_after_one(self) -> float:
        """One request, and how many seconds to wait before the next."""
        try:
            await self.once()
        except TelegramUnauthorizedError:
            raise
        except TelegramConflictError:
            log.error("polling.conflict")  # noqa: TRY400 (the trace says nothing: another process polls)
        except AiogramError as error:
            answer = refused(error)
            log.warning("polling.failed", fate=answer.fate)
            return answer.wait_s or PAUSE_S
        except Exception:  # intake outlives a database that is away: what is not saved is not confirmed and comes again
            log.exception("polling.not_saved")
        else:
            return 0
        return PAUSE_S

    async def once(self) -> None:
        """One request; what is saved is what came, parsed or not: one odd update must not hold up the rest."""
        updates = await self.ask()
        if not updates:
            return
        await self.inbox.save(self.bot.id, updates)
        self.offset = max(update["update_id"] for update in updates) + 1
        log.info("polling.saved", updates=len(updates))

    async def ask(self) -> list[dict[str, Any]]:
        """Nothing where it is stopped meanwhile."""
        try:
            async with asyncio.timeout(None) as self.asking:
                return await raw_updates(self.bot, self.offset)
        except TimeoutError:
            return []
        finally:
            self.asking = None

    async def leave_webhook(self) -> None:
        """Polling and a webhook exclude each other on the server."""
        while not self.stopped:
            try:
                await self.bot.delete_webhook()
            except AiogramError as error:
                if refused(error).fate == Fate.UNAUTHORIZED:
                    raise
                log.warning("polling.no_server", fate=refused(error).fate)
                await asyncio.sleep(PAUSE_S)
            else:
                return


async def raw_updates(bot: Bot, offset: int | None) -> list[dict[str, Any]]:
    """Updates as the server sent them; read here, because aiogram would give up all for one that it cannot parse.
    Raises aiogram's errors.
    """
    method = GetUpdates(offset=offset, timeout=LONG_POLL_S, allowed_updates=ALLOWED)
    client = await cast("AiohttpSession", bot.session).create_session()
    url = bot.session.api.api_url(token=bot.token, method="getUpdates")
    body = method.model_dump(exclude_none=True)
    try:
        timeout = ClientTimeout(total=LONG_POLL_S + GRACE_S)
        async with client.post(url, json=body, timeout=timeout) as response:
            text = await response.text()
    except (ClientError, TimeoutError) as error:
        raise TelegramNetworkError(method=method, message=type(error).__name__) from None
    try:
        answer = json.loads(text, parse_constant=not_json)
    except (ValueError, RecursionError) as error:
        raise ClientDecodeError("not JSON", error, "") from None
    if not isinstance(answer, dict):
        raise ClientDecodeError("not an answer", TypeError(), "")
    if response.status != HTTPStatus.OK or not answer.get("ok"):
        bot.session.check_response(bot, method, response.status, text)
    result = answer.get("result")
    if not isinstance(result, list) or not all(map(is_update, result)):
        raise ClientDecodeError("not updates", TypeError(), "")
    return result
