"""A loop over a table: claims what waits, runs each row, and is woken by commits rather than by the clock."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

log = structlog.get_logger(__name__)

POLL_S = 1.0
"""Work is announced by a wake-up after commit; polling only finds what falls due by time or comes from a peer."""


class Loop:
    """Runs up to `width` rows at once.

    `claim(n)` takes at most n rows in its own transaction and returns their ids; `run(id)` handles one and settles it.
    What `run` raises is logged and the row stays taken: a start puts it back.
    """

    def __init__(
        self,
        name: str,
        width: int,
        claim: Callable[[int], Awaitable[Sequence[int]]],
        run: Callable[[int], Awaitable[None]],
        poll_s: Callable[[], float] = lambda: POLL_S,
    ) -> None:
        self.name = name
        self.width = width
        self.claim = claim
        self.run_one = run
        self.poll_s = poll_s
        self.busy = 0
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
                    self.busy += 1
                    tasks.create_task(self.handle(row))
                if not rows:
                    await self.wait()

    async def take(self) -> Sequence[int]:
        free = self.width - self.busy
        if free <= 0:
            return ()
        try:
            return await self.claim(free)
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
        except Exception:  # one row must not stop the others
            log.exception("loop.row_failed", loop=self.name, row=row)
        finally:
            self.busy -= 1
            self.wake()
