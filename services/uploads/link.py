"""Links to the upload page: signed, with an end, and worth nothing without their person's rights at that moment."""

import base64
import hashlib
import hmac
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime

VERSION = 1
FIELDS = struct.Struct(">BQQqqI")
"""Version, person, participation, bot, chat, end (seconds of the epoch)."""

MAC_BYTES = 16
TOKEN = re.compile(r"[A-Za-z0-9_-]{71}", re.ASCII)
"""37 bytes of fields and 16 of their signature, in base64."""

BROKEN = "broken"
EXPIRED = "expired"
REVOKED = "revoked"
CONSENT = "consent"


class WrongLink(Exception):  # noqa: N818 (not an error of the program: the person is told where to get another)
    """The link opens nothing: `why` is `broken`, `expired`, `revoked` or `consent`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Grant:
    """What a link lets in: a person to a college's uploads until a moment; the chat hears the results."""

    person_id: int
    participation_id: int
    bot_id: int
    chat_id: int
    expires: datetime


class UploadLinks:
    """Makes and reads links. `base` is the public address of our web server, empty where there is none."""

    def __init__(self, secret: bytes, base: str) -> None:
        self.secret = secret
        self.base = base.rstrip("/")

    def link(self, person_id: int, participation_id: int, bot_id: int, chat_id: int, expires: datetime) -> str | None:
        """The address of a person's upload page, or None where no public address is set."""
        if not self.base:
            return None
        return f"{self.base}/upload/{self.token(Grant(person_id, participation_id, bot_id, chat_id, expires))}"

    def app(self, participation_id: int) -> str | None:
        """The address for a Telegram Mini App, or None: Telegram opens https only."""
        return f"{self.base}/app?college={participation_id}" if self.base.startswith("https://") else None

    def token(self, grant: Grant) -> str:
        """The last part of a link's address."""
        fields = FIELDS.pack(
            VERSION,
            grant.person_id,
            grant.participation_id,
            grant.bot_id,
            grant.chat_id,
            int(grant.expires.timestamp()),
        )
        return base64.urlsafe_b64encode(fields + self.signature(fields)).rstrip(b"=").decode()

    def read(self, token: str, now: datetime) -> Grant:
        """The grant behind a token. Raises WrongLink for one that we did not sign, and for one past its end."""
        if TOKEN.fullmatch(token) is None:
            raise WrongLink(BROKEN)
        raw = base64.urlsafe_b64decode(token + "=")
        fields, signature = raw[: FIELDS.size], raw[FIELDS.size :]
        if not hmac.compare_digest(signature, self.signature(fields)):
            raise WrongLink(BROKEN)
        version, person_id, participation_id, bot_id, chat_id, end = FIELDS.unpack(fields)
        if version != VERSION:
            raise WrongLink(BROKEN)
        grant = Grant(person_id, participation_id, bot_id, chat_id, datetime.fromtimestamp(end, UTC))
        if now >= grant.expires:
            raise WrongLink(EXPIRED)
        return grant

    def signature(self, fields: bytes) -> bytes:
        return hmac.digest(self.secret, fields, hashlib.sha256)[:MAC_BYTES]


def secret_of(token: str) -> bytes:
    """A key for links made of the bot's token, for those who set none of their own."""
    return hmac.digest(token.encode(), b"aprobot upload links", hashlib.sha256)
