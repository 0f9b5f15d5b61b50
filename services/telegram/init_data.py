"""What a Telegram Mini App says of itself: signed by Telegram with the bot's token, and only for a while.

https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote_plus

MOST_LETTERS = 4096
MOST_FIELDS = 32
OLDEST = timedelta(days=1)
CLOCKS_DIFFER = timedelta(minutes=1)
HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
SECONDS = re.compile(r"[0-9]{1,11}", re.ASCII)
LARGEST_ID = 2**52


class WrongInitData(Exception):  # noqa: N818 (not an error of the program: strangers send what they like)
    """The text was not signed by Telegram for this bot, or too long ago."""


@dataclass(frozen=True, slots=True)
class AppUser:
    """Who has opened the Mini App."""

    id: int


class InitData:
    """Reads init data. Own code: the framework's check takes any age and fails on letters in the hash."""

    def __init__(self, token: str) -> None:
        self.key = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)

    def read(self, text: str, now: datetime) -> AppUser:
        """The user. Raises WrongInitData for anything that Telegram did not sign within the last day."""
        fields = parsed(text)
        signature = fields.pop("hash", "")
        if HASH.fullmatch(signature) is None or not hmac.compare_digest(signature, self.signature(fields)):
            raise WrongInitData
        require_fresh(fields.get("auth_date", ""), now)
        return AppUser(user_id(fields.get("user", "")))

    def signature(self, fields: dict[str, str]) -> str:
        lines = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
        return hmac.digest(self.key, lines.encode(), hashlib.sha256).hex()


def parsed(text: str) -> dict[str, str]:
    """The fields; a name that comes twice could be read in two ways, so it is refused."""
    parts = text.split("&")
    if len(text) > MOST_LETTERS or len(parts) > MOST_FIELDS:
        raise WrongInitData
    fields = dict(pair(part) for part in parts)
    if len(fields) != len(parts):
        raise WrongInitData
    return fields


def pair(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    try:
        decoded = unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")
        "".join(decoded).encode()
    except UnicodeError:  # bytes that are no text, or half a pair of surrogates
        raise WrongInitData from None
    return decoded


def require_fresh(auth_date: str, now: datetime) -> None:
    if SECONDS.fullmatch(auth_date) is None:
        raise WrongInitData
    age_s = now.timestamp() - int(auth_date)
    if not -CLOCKS_DIFFER.total_seconds() <= age_s <= OLDEST.total_seconds():
        raise WrongInitData


def user_id(user: str) -> int:
    try:
        said: Any = json.loads(user)
    except (ValueError, RecursionError):
        raise WrongInitData from None
    number = said.get("id") if isinstance(said, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < LARGEST_ID:
        raise WrongInitData
    return number
