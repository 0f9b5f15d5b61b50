"""The secret words of an invite link."""

import hashlib
import re
import secrets

TOKEN = re.compile(r"[A-Za-z0-9_-]{20,48}", re.ASCII)
"""What a messenger lets through in a start link, long enough not to be guessed and short enough for a button."""


def new_token() -> str:
    """A new token of 192 random bits."""
    return secrets.token_urlsafe(24)


def hash_of(token: str) -> str:
    """The only form in which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def looks_like_token(text: str) -> bool:
    """False for garbage, which the database need not be asked about."""
    return TOKEN.fullmatch(text) is not None
