"""Bots: any well-formed token is one; the first token seen with an id is that bot's only token."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.state.clock import Clock
from sandbox.state.updates import UpdateQueue

TOKEN = re.compile(r"([1-9]\d{0,15}):[A-Za-z0-9_-]{35}")
FIRST_UPDATE_ID = 100_000_001


@dataclass
class Poll:
    """One long poll in progress; a later one ends it with a conflict."""

    ended_by: str | None = None


@dataclass
class Webhook:
    url: str
    secret: str | None
    max_connections: int
    last_error_at: int | None = None
    last_error: str | None = None


@dataclass
class Bot:
    id: int
    updates: UpdateQueue
    secret: str | None = None
    name: str = "Апробот"
    description: str = ""
    short_description: str = ""
    commands: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    webhook: Webhook | None = None
    poll: Poll | None = None
    last_message_id: int = 0

    @property
    def username(self) -> str:
        return f"sandbox_{self.id}_bot"

    def as_user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def end_poll(self, cause: str) -> None:
        if self.poll:
            self.poll.ended_by = cause
            self.updates.wake()

    def next_message_id(self) -> int:
        self.last_message_id += 1
        return self.last_message_id


class Bots:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[int, Bot] = {}

    def all(self) -> list[Bot]:
        return list(self._by_id.values())

    def ensure(self, bot_id: int) -> Bot:
        """A bot may be written to before it has ever connected."""
        if bot_id not in self._by_id:
            self._by_id[bot_id] = Bot(bot_id, UpdateQueue(self._clock, FIRST_UPDATE_ID))
        return self._by_id[bot_id]

    def named(self, username: str) -> Bot | None:
        return next((bot for bot in self._by_id.values() if bot.username.casefold() == username.casefold()), None)

    def newest(self) -> Bot | None:
        return self.all()[-1] if self._by_id else None

    def authorize(self, token: str) -> Bot | None:
        """The bot of a token; None when another secret was used with this id before. Raises ValueError if malformed."""
        match = TOKEN.fullmatch(token)
        if match is None:
            raise ValueError(token)
        bot = self.ensure(int(match[1]))
        bot.secret = bot.secret or token
        return bot if bot.secret == token else None
