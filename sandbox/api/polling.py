"""getUpdates: kept until confirmed by a higher offset, one poller at a time."""

import asyncio
from contextlib import suppress
from typing import Any

from sandbox.api.call import Call, Method
from sandbox.api.errors import conflict
from sandbox.state.bots import Poll
from sandbox.state.updates import UpdateQueue

MAX_TIMEOUT_S = 50
MAX_LIMIT = 100
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


async def get_updates(call: Call) -> list[dict[str, Any]]:
    bot = call.bot
    if bot.webhook:
        raise conflict(WEBHOOK_ACTIVE)
    bot.end_poll(OTHER_POLLER)
    poll = bot.poll = Poll()
    try:
        _remember_allowed(call)
        limit = _confirm(bot.updates, int(call.values.get("offset") or 0), int(call.values.get("limit") or MAX_LIMIT))
        timeout = min(max(int(call.values.get("timeout") or 0), 0), MAX_TIMEOUT_S)
        return await _wait(bot.updates, poll, limit, timeout)
    finally:
        if bot.poll is poll:
            bot.poll = None


def _remember_allowed(call: Call) -> None:
    if call.values.get("allowed_updates") is not None:
        call.bot.updates.allowed = frozenset(call.values["allowed_updates"])


def _confirm(queue: UpdateQueue, offset: int, limit: int) -> int:
    """Forgets what is confirmed; returns how many updates this answer may hold."""
    if offset < 0:
        queue.keep_last(-offset)
    else:
        queue.confirm_below(offset)
    if queue.asked_again_too_soon(offset):
        return 1
    return min(max(limit, 1), MAX_LIMIT)


async def _wait(queue: UpdateQueue, poll: Poll, limit: int, timeout_s: float) -> list[dict[str, Any]]:
    with suppress(TimeoutError):
        async with asyncio.timeout(timeout_s):
            while not (queue.waiting() or poll.ended_by):
                await queue.arrival()
    if poll.ended_by:
        raise conflict(poll.ended_by)
    return [update.as_json() for update in queue.waiting()[:limit]]


METHODS: dict[str, Method] = {"getUpdates": get_updates}
