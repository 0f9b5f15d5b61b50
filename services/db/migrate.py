"""Brings a database to the newest revision, or back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.db.database import make_engine
from services.db.faults import DatabaseFault

log = structlog.get_logger(__name__)

LOCK = 0x6170726F626F74
"""The name of the product in ASCII: a number for PostgreSQL's advisory lock that nobody else takes by chance."""

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


async def migrate(url: str, revision: str = "head") -> None:
    """Migrates the database at this URL up to a revision; `base` empties it.

    Two processes that start at once take turns; the second finds nothing to do. Raises DatabaseFault.
    """
    engine = make_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", without_foreign_keys)
    try:
        async with reached(engine) as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            await connection.run_sync(run, url, revision)
            if connection.dialect.name == "sqlite":
                await connection.run_sync(require_whole)
    except CommandError:
        raise DatabaseFault("newer") from None
    finally:
        await engine.dispose()


def without_foreign_keys(connection: Any, _record: Any) -> None:
    """SQLite changes a table by copying it and dropping the first one, which would take along all rows that refer to
    it. The switch works outside a transaction only.
    """
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def require_whole(connection: Connection) -> None:
    """What nobody watched while tables were copied is looked at before the commit: every reference has its row."""
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise DatabaseFault("torn")


@asynccontextmanager
async def reached(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection with a transaction, committed at the end. Raises DatabaseFault where there is none to be had."""
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(engine.begin())
        except (OSError, TimeoutError):
            raise DatabaseFault("away") from None
        except Exception:  # drivers have many errors of their own for a wrong password, name or file
            log.debug("database.refused", exc_info=True)
            raise DatabaseFault("refused") from None
        yield connection


def run(connection: Connection, url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    config.attributes["connection"] = connection
    if revision == "base":
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def migrate_now(url: str, revision: str = "head") -> None:
    """The same outside an event loop."""
    asyncio.run(migrate(url, revision))
