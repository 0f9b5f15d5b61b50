"""Intake by webhook: an update is saved before it is answered with 200."""

import hmac
import json

import structlog
from aiohttp import web

from services.inbox.inbox import Inbox, is_update, not_json

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a header's name)
PATH = "/telegram/webhook"
MOST_BYTES = 1 << 20


class Webhook:
    """Takes updates from the server that knows the secret; anybody else is refused."""

    def __init__(self, bot_id: int, secret: str, inbox: Inbox) -> None:
        self.bot_id = bot_id
        self.secret = secret.encode()
        self.inbox = inbox

    async def receive(self, request: web.Request) -> web.Response:
        """Answers 200 only after the commit; anything that is no update gets 400 and is not kept."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self.secret):
            log.warning("webhook.refused")
            return web.Response(status=401)
        try:
            update = json.loads(await request.read(), parse_constant=not_json)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not is_update(update):
            return web.Response(status=400)
        await self.inbox.save(self.bot_id, [update])
        return web.Response()
