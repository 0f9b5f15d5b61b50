"""The one owner of detached work: nothing runs that nobody waits for."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

import structlog

log = structlog.get_logger(__name__)


class Nursery:
    """Runs coroutines beside the caller and ends with all of them ended.

    A part that fails brings the others down too: `failed` is set, and the process stops rather than limps.
    """

    def __init__(self) -> None:
        self.tasks: set[asyncio.Task[Any]] = set()
        self.failed = asyncio.Event()
        self.error: BaseException | None = None

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Starts a piece of work."""
        task = asyncio.create_task(work, name=name)  # noqa: TID251 (this is the one owner)
        self.tasks.add(task)
        task.add_done_callback(self.ended)
        return task

    def ended(self, task: asyncio.Task[Any]) -> None:
        self.tasks.discard(task)
        if task.cancelled() or task.exception() is None:
            return
        self.error = task.exception()
        log.error("nursery.failed", work=task.get_name(), exc_info=self.error)
        self.failed.set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for task in tuple(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
