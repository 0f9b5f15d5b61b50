"""How fast a bot may send: the documented rates as token buckets.

About one message a second to one chat with short bursts, about thirty a second overall
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). The real server publishes no
exact rule; what is certain is the answer 429 with ``retry_after``, which must be honoured.
"""

import math
from dataclasses import dataclass

from sandbox.state.clock import Clock


@dataclass(frozen=True)
class Rate:
    """``burst`` messages at once, ``per_second`` in the long run."""

    burst: float
    per_second: float


PER_CHAT = Rate(burst=10, per_second=1)
OVERALL = Rate(burst=30, per_second=30)


@dataclass
class Bucket:
    rate: Rate
    tokens: float
    filled_at: float

    def wait_for(self, cost: float, now: float) -> float:
        """Seconds until ``cost`` tokens are there; 0 when they are."""
        self.tokens = min(self.rate.burst, self.tokens + (now - self.filled_at) * self.rate.per_second)
        self.filled_at = now
        missing = min(cost, self.rate.burst) - self.tokens
        return max(0.0, missing / self.rate.per_second)


class Limits:
    def __init__(self, clock: Clock, *, enabled: bool = True) -> None:
        self._clock = clock
        self._buckets: dict[tuple[int, int | None], Bucket] = {}
        self.enabled = enabled

    def take(self, bot_id: int, chat: int | None, cost: int = 1) -> int:
        """Takes ``cost`` messages' worth, or returns the whole seconds to wait. Edits name no chat."""
        if not self.enabled:
            return 0
        now = self._clock.now()
        buckets = [self._bucket(bot_id, None, OVERALL, now)]
        if chat is not None:
            buckets.append(self._bucket(bot_id, chat, PER_CHAT, now))
        wait = max(bucket.wait_for(cost, now) for bucket in buckets)
        if wait > 0:
            return max(1, math.ceil(wait))
        for bucket in buckets:
            bucket.tokens -= cost
        return 0

    def _bucket(self, bot_id: int, chat: int | None, rate: Rate, now: float) -> Bucket:
        return self._buckets.setdefault((bot_id, chat), Bucket(rate, rate.burst, now))

    def clear(self) -> None:
        self._buckets.clear()
