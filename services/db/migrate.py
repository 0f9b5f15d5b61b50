"""Brings a database to the newest revision, or back."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from services.db.database import make_engine

LOCK = 0x6170726F626F74
"""The name of the product in ASCII: a number for PostgreSQL's advisory lock that nobody else takes by chance."""

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


async def migrate(url: str, revision: str = "head") -> None:
    """Migrates the database at this URL up to a revision; `base` empties it.

    Two processes that start at once take turns; the second finds nothing to do.
    """
    engine = make_engine(url)
    try:
        async with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            await connection.run_sync(run, url, revision)
    finally:
        await engine.dispose()


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
