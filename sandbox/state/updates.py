"""A bot's queue of updates: kept until confirmed or expired, in the order of their ids."""

import asyncio
from dataclasses import dataclass
from typing import Any

from sandbox.state.clock import Clock

MESSAGE_LIFE_S = 86_400
CALLBACK_LIFE_S = 150
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
REPEATED_WITHIN_S = 0.5


@dataclass
class Update:
    id: int
    chat: int
    kind: str
    payload: dict[str, Any]
    expires_at: float

    def as_json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """Updates waiting for one bot. Types it did not ask for are dropped at creation, as the real server does."""

    def __init__(self, clock: Clock, first_id: int) -> None:
        self._clock = clock
        self._next_id = first_id
        self._waiting: dict[int, Update] = {}
        self._arrived = asyncio.Event()
        self._last_ask: tuple[int, float] | None = None
        self.allowed: frozenset[str] = frozenset()

    def add(self, kind: str, chat: int, payload: dict[str, Any]) -> int | None:
        """Returns the update's id; None when the bot does not want the kind."""
        if not self._wanted(kind):
            return None
        update_id, self._next_id = self._next_id, self._next_id + 1
        life = CALLBACK_LIFE_S if kind == "callback_query" else MESSAGE_LIFE_S
        self._waiting[update_id] = Update(update_id, chat, kind, payload, self._clock.now() + life)
        self._arrived.set()
        return update_id

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def confirm_below(self, offset: int) -> None:
        for update_id in [known for known in self._waiting if known < offset]:
            del self._waiting[update_id]

    def keep_last(self, count: int) -> None:
        """A negative offset: all but the last ``count`` updates are forgotten."""
        for update_id in list(self._waiting)[:-count]:
            del self._waiting[update_id]

    def confirm(self, update_id: int) -> None:
        self._waiting.pop(update_id, None)

    def clear(self) -> None:
        self._waiting.clear()

    def all(self) -> list[Update]:
        """What is still to be delivered, the expired dropped."""
        now = self._clock.now()
        for update_id in [u.id for u in self._waiting.values() if u.expires_at <= now]:
            del self._waiting[update_id]
        return list(self._waiting.values())

    def waiting(self) -> list[Update]:
        """As ``all``; from here on ``arrival`` waits for news."""
        self._arrived.clear()
        return self.all()

    def wake(self) -> None:
        self._arrived.set()

    async def arrival(self) -> None:
        await self._arrived.wait()

    def asked_again_too_soon(self, offset: int) -> bool:
        """The same offset within half a second: a crash loop, which gets one update at a time."""
        now = self._clock.now()
        before, self._last_ask = self._last_ask, (offset, now)
        return before is not None and before[0] == offset and now - before[1] < REPEATED_WITHIN_S
