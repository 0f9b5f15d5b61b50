"""Somebody who writes to the bot, as their messenger describes them."""

import re
from dataclasses import dataclass

from services.texts import LANGUAGES

LONGEST_NAME = 100
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
"""Control and direction marks: a name with them can garble the text around it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who speaks to which of our bots. `name` and `language` are theirs to choose: never trusted."""

    messenger: str
    bot_id: int
    external_id: int
    chat_id: int
    name: str
    language: str | None


def clean_name(name: str) -> str:
    """A name fit to keep: one line, at most 100 letters."""
    return " ".join(UNSEEN.sub(" ", name).split())[:LONGEST_NAME]


def known_language(language: str | None) -> str:
    """Russian unless the messenger names a language that the product speaks."""
    short = (language or "")[:2].lower()
    return short if short in LANGUAGES else LANGUAGES[0]
