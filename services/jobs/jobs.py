"""Durable work: enqueued in the transaction of its cause, done at least once, also after a kill."""

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

Argument = int | str


class Job(Protocol):
    """One kind of work. It may run twice: it looks at the state first and does nothing where the work is done.

    What it raises is retried with growing pauses; a job that gives up says so to the person itself.
    """

    async def __call__(self, **arguments: Argument) -> None: ...


class Jobs(Protocol):
    """The front of the job engine: all that use cases know of it."""

    async def enqueue(
        self, session: AsyncSession, name: str, key: str, *, delay_s: float = 0, **arguments: Argument
    ) -> None:
        """Queues a job in this transaction. The same key again changes nothing, even after the job is done."""
