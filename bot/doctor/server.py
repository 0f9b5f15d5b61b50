"""One question to the Bot API's server, told with all that the doctor wants to know: status, body, its clock."""

import json
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession

from services.telegram.proxied import ProxyAwayError, ProxyRefusedError

LIMIT = aiohttp.ClientTimeout(total=10)
NOBODY = "1:AAtheTokenOfNobodyToSeeWhoAnswers00"


class SilentError(Exception):
    """There is no answer of a Bot API. `code`: name, tls, proxy_away, proxy_refused, not_api or away."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said. `ahead_s` is how far its clock is before ours, None where it does not say."""

    status: int
    description: str
    result: dict[str, Any] = field(default_factory=dict)
    ahead_s: float | None = None


async def ask(bot: Bot, method: str, token: str = "") -> Answer:
    """Asks through the bot's own session, the proxy included. Raises SilentError."""
    session = bot.session
    if not isinstance(session, AiohttpSession):
        raise TypeError(type(session))
    address = session.api.api_url(token=token or bot.token, method=method)
    try:
        client = await session.create_session()
        async with client.post(address, timeout=LIMIT) as response:
            came = time.time()
            return understood(response.status, await response.text(), response.headers.get("Date", ""), came)
    except (aiohttp.ClientError, TimeoutError, UnicodeDecodeError) as error:
        raise SilentError(cause(error)) from None


def cause(error: Exception) -> str:
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (ProxyAwayError, "proxy_away"),
        (ProxyRefusedError, "proxy_refused"),
        (aiohttp.ClientConnectorDNSError, "name"),
        (aiohttp.ClientSSLError, "tls"),
        (UnicodeDecodeError, "not_api"),
        (aiohttp.ClientResponseError, "not_api"),
        (aiohttp.InvalidURL, "not_api"),
    )
    return next((code for kind, code in kinds if isinstance(error, kind)), "away")


def understood(status: int, text: str, date: str, came: float) -> Answer:
    """Raises SilentError where this is not how a Bot API speaks."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("ok"), bool):
        raise SilentError("away" if status in (502, 503, 504) else "not_api")
    result = body.get("result")
    return Answer(
        status, str(body.get("description", "")), result if isinstance(result, dict) else {}, ahead(date, came)
    )


def ahead(date: str, came: float) -> float | None:
    """The header has whole seconds: on average it is half a second old."""
    try:
        return parsedate_to_datetime(date).timestamp() + 0.5 - came
    except ValueError:
        return None
