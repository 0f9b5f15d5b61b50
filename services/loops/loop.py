"""A loop over a table: claims what waits, runs each row, and is woken by commits rather than by the clock."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence

import structlog

log = structlog.get_logger(__name__)

POLL_S = 1.0
"""Work is announced by a wake-up after commit; polling only finds what falls due by time or comes from a peer."""

PUT_BACK_EVERY_S = 10.0


class Loop:
    """Runs up to `width` rows at once.

    `claim(n)` takes at most n rows in its own transaction and returns their ids; `run(id)` handles one and settles it.
    `put_back(in_hand)` returns rows that are marked as taken and that nobody has in hand: it is called at the start and
    then from time to time, so that neither a kill nor a `run` that raises leaves a row behind.
    """

    def __init__(
        self,
        name: str,
        width: int,
        claim: Callable[[int], Awaitable[Sequence[int]]],
        run: Callable[[int], Awaitable[None]],
        put_back: Callable[[Collection[int]], Awaitable[None]],
        poll_s: Callable[[], float] = lambda: POLL_S,
    ) -> None:
        self.name = name
        self.width = width
        self.claim = claim
        self.run_one = run
        self.put_back = put_back
        self.poll_s = poll_s
        self.in_hand: set[int] = set()
        self.put_back_at = 0.0
        self.stopped = False
        self.work = asyncio.Event()

    def wake(self) -> None:
        """Something may be waiting."""
        self.work.set()

    def stop(self) -> None:
        """Takes nothing more; `run` ends when what is in hand is done."""
        self.stopped = True
        self.work.set()

    async def run(self) -> None:
        """Loops until stopped."""
        async with asyncio.TaskGroup() as tasks:
            while not self.stopped:
                self.work.clear()
                rows = await self.take()
                for row in rows:
                    self.in_hand.add(row)
                    tasks.create_task(self.handle(row))
                if not rows:
                    await self.wait()

    async def take(self) -> Sequence[int]:
        """Putting back and claiming take turns: between them a claimed row would look abandoned."""
        try:
            if time.monotonic() >= self.put_back_at:
                await self.put_back(self.in_hand)
                self.put_back_at = time.monotonic() + PUT_BACK_EVERY_S
            free = self.width - len(self.in_hand)
            return await self.claim(free) if free > 0 else ()
        except Exception:  # the loop outlives a database that is away: it waits and asks again
            log.exception("loop.claim_failed", loop=self.name)
            await asyncio.sleep(POLL_S)
            return ()

    async def wait(self) -> None:
        try:
            async with asyncio.timeout(self.poll_s()):
                await self.work.wait()
        except TimeoutError:
            pass

    async def handle(self, row: int) -> None:
        try:
            await self.run_one(row)
        except Exception:  # one row must not stop the others; it is put back and tried again
            log.exception("loop.row_failed", loop=self.name, row=row)
            self.put_back_at = min(self.put_back_at, time.monotonic() + POLL_S)
        finally:
            self.in_hand.discard(row)
            self.wake()
