"""This process among its peers on one database: a name that nobody else alive has, and which of them leads.

What a process has in hand is marked with its name. The name is held by a lock that ends with the process, however it
ends, so that whoever can take the lock of a name knows that its holder is gone: no clocks and no leases.
"""

import fcntl
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import structlog
from sqlalchemy import NullPool, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine

from services.db.database import CONNECT_TIMEOUT_S
from services.db.faults import SlotTakenError

log = structlog.get_logger(__name__)

LOCKS = 0x6170726F
"""The first half of every advisory lock here: "apro" in ASCII. The second half is the slot's number, 0 for leading."""

LEADER = 0
MOST_PROCESSES = 64
TELL_THE_DEAD = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
"""A machine that lost power says no goodbye: the server is to notice it within half a minute."""


class Slot:
    """A name among peers. This one, for a database that has one user, is held without a lock."""

    has_peers = False

    def __init__(self, name: str = "slot-1") -> None:
        self.name = name
        self.leads = True

    async def take(self) -> None:
        """Takes a free name and holds it. Raises SlotTakenError where there is none."""

    async def check(self) -> None:
        """Makes sure that the name is still held, and leads where nobody does. Raises SlotTakenError."""

    async def release(self) -> None:
        """Lets go of the name."""

    async def abandoned(self, session: AsyncSession, holders: Iterable[str]) -> list[str]:
        """Those of the holders whose rows may be put back: this process itself, and those that are gone.

        Until the end of this transaction no new process can take a name in the answer.
        """
        return [name for name in holders if name == self.name or await self.is_gone(session, name)]

    async def is_gone(self, session: AsyncSession, name: str) -> bool:  # noqa: ARG002 (it is used where there are peers)
        return True


class FileSlot(Slot):
    """The only process on an SQLite file: it holds a lock on a file beside it."""

    def __init__(self, database: Path) -> None:
        super().__init__()
        self.path = database.with_name(database.name + ".lock")
        self.opened: TextIO | None = None

    async def take(self) -> None:
        self.opened = self.path.open("w")
        try:
            fcntl.lockf(self.opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SlotTakenError from None

    async def release(self) -> None:
        if self.opened is not None:
            self.opened.close()


class ServerSlot(Slot):
    """One of many processes on a PostgreSQL database: it holds an advisory lock on a connection of its own."""

    has_peers = True

    def __init__(self, url: str) -> None:
        super().__init__()
        self.leads = False
        self.number = 0
        self.engine = create_async_engine(
            url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args={"server_settings": TELL_THE_DEAD, "timeout": CONNECT_TIMEOUT_S},
        )
        self.connection: AsyncConnection | None = None

    async def take(self) -> None:
        self.connection = await self.engine.connect()
        for number in range(1, MOST_PROCESSES + 1):
            if await locked(self.connection, number):
                self.number, self.name = number, f"slot-{number}"
                self.leads = await locked(self.connection, LEADER)
                return
        raise SlotTakenError

    async def check(self) -> None:
        """As promised; where the server went away meanwhile, the same name is taken again."""
        try:
            if self.connection is None:
                await self.take_again()
            elif self.leads:
                await self.connection.execute(select(1))
            else:
                self.leads = await locked(self.connection, LEADER)
        except (SQLAlchemyError, OSError):
            log.warning("slot.connection_lost", slot=self.name)
            await self.drop()

    async def take_again(self) -> None:
        self.connection = await self.engine.connect()
        if not await locked(self.connection, self.number):
            raise SlotTakenError
        self.leads = await locked(self.connection, LEADER)

    async def drop(self) -> None:
        """A lost connection has lost its locks."""
        self.leads = False
        connection, self.connection = self.connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()

    async def release(self) -> None:
        if self.connection is not None:
            await self.connection.close()
        await self.engine.dispose()

    async def is_gone(self, session: AsyncSession, name: str) -> bool:
        number = int(name.removeprefix("slot-"))
        return bool(await session.scalar(select(func.pg_try_advisory_xact_lock(LOCKS, number))))


async def locked(connection: AsyncConnection, number: int) -> bool:
    return bool(await connection.scalar(select(func.pg_try_advisory_lock(LOCKS, number))))


def slot_on(url: str) -> Slot:
    """The slot for a database, not yet taken."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return FileSlot(Path(parsed.database or "aprobot.db"))
    return ServerSlot(url)
