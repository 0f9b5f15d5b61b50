"""The database: one engine, and transactions that open and commit in one place."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

BUSY_TIMEOUT_S = 30
ANNOUNCED = "announced"
CONNECT_TIMEOUT_S = 10


def make_engine(url: str) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite:///path` or `postgresql+asyncpg://…`. Errors never quote what people wrote.

    SQLite gets write-ahead logging, full synchronisation (an update is confirmed to the messenger only when it would
    survive a power cut) and one connection: its writers queue in any case, and in order here.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return create_async_engine(
            url,
            pool_size=10,
            max_overflow=10,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"timeout": CONNECT_TIMEOUT_S},
        )
    engine = create_async_engine(
        url, pool_size=1, max_overflow=0, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_S}
    )
    event.listen(engine.sync_engine, "connect", prepare_sqlite)
    event.listen(engine.sync_engine, "begin", begin_immediately)
    return engine


def prepare_folder(url: str) -> None:
    """Makes the folder of an SQLite file; the driver would only say that it cannot open the file. Raises OSError."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)


def prepare_sqlite(connection: Any, _record: Any) -> None:
    """Settings of a new SQLite connection. The driver's own transactions are switched off: we begin them ourselves."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_S * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin_immediately(connection: Connection) -> None:
    """Takes the write lock at once: a lock taken in the middle of a transaction could fail instead of waiting."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def announce(session: AsyncSession, work: str) -> None:
    """Says that work of this kind will be waiting once the transaction is committed."""
    session.info.setdefault(ANNOUNCED, set()).add(work)


class Database:
    """Opens transactions. Whoever waits for announced work is woken after the commit, never before it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.sessions = async_sessionmaker(engine, expire_on_commit=False)
        self.waiting: dict[str, list[Callable[[], None]]] = {}

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session whose work is committed at the end of the block, or undone where the block raises."""
        async with self.sessions() as session, session.begin():
            yield session
        for work in session.info.get(ANNOUNCED, ()):
            for wake in self.waiting.get(work, ()):
                wake()

    def when_announced(self, work: str, wake: Callable[[], None]) -> None:
        """Calls `wake` after each commit that announced such work. A loop must not be woken by its own looking."""
        self.waiting.setdefault(work, []).append(wake)
