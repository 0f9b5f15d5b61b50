"""How fast messages may go out: Telegram's documented rates, taken just before each call.

About 30 a second overall, one a second in a chat, 20 a minute in a group; short bursts in a chat are let through, as
the server lets them. Whatever the pacer believes, the server's own 429 is honoured.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

OVERALL_PER_S = 25.0
CHAT_PER_S = 1.0
CHAT_BURST = 3.0
EDIT_COST = 0.25
"""An edit notifies nobody and is let through more freely: somebody who presses through a self-check must not wait."""

GROUP_PER_S = 20 / 60


@dataclass(slots=True)
class Bucket:
    """Tokens that grow back with time; a debt is a place in the queue."""

    rate: float
    burst: float
    tokens: float
    at: float

    def take(self, now: float, cost: float = 1.0) -> float:
        """Takes tokens and returns how many seconds to wait for them."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate) - cost
        self.at = now
        return max(0.0, -self.tokens / self.rate)

    def until_next(self, now: float) -> float:
        """Seconds until a whole token is there."""
        return max(0.0, (1 - self.tokens) / self.rate - (now - self.at))

    def full(self, now: float) -> bool:
        """True where it has nothing to remember."""
        return self.tokens + (now - self.at) * self.rate >= self.burst


class Pacer:
    """One token overall and one of the chat for each call."""

    def __init__(self, now: Callable[[], float], per_s: float = OVERALL_PER_S, chat_per_s: float = CHAT_PER_S) -> None:
        self.now = now
        self.chat_per_s = chat_per_s
        self.overall = Bucket(per_s, 1.0, 1.0, now())
        self.chats: dict[int, Bucket] = {}

    async def turn(self, chat_id: int, cost: float = 1.0) -> None:
        """Returns when it is this chat's turn."""
        await asyncio.sleep(self.bucket(chat_id).take(self.now(), cost))
        await asyncio.sleep(self.overall.take(self.now()))

    def resting(self) -> dict[int, float]:
        """Chats that have had their share, with the seconds until their next token: no sender waits for them."""
        now = self.now()
        rests = {chat: bucket.until_next(now) for chat, bucket in self.chats.items()}
        self.chats = {chat: bucket for chat, bucket in self.chats.items() if not bucket.full(now)}
        return {chat: rest for chat, rest in rests.items() if rest > 0}

    def bucket(self, chat_id: int) -> Bucket:
        rate, burst = (GROUP_PER_S, CHAT_BURST) if chat_id < 0 else (self.chat_per_s, CHAT_BURST)
        return self.chats.setdefault(chat_id, Bucket(rate, burst, burst, self.now()))
