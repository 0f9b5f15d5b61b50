"""The database: can it be reached, opened and written, and has it the tables of this version?"""

import asyncio
import os
from contextlib import suppress
from pathlib import Path

import asyncpg
import structlog
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.doctor.finding import Finding, fail, ok, skipped, warn
from services.db.database import make_engine
from services.db.faults import SlotTakenError
from services.db.revision import Revision, Schema, revision_of
from services.db.slot import LOCKS, FileSlot

log = structlog.get_logger(__name__)

LIMIT_S = 20.0
REFUSALS: tuple[tuple[type[BaseException], str], ...] = (
    (asyncpg.InvalidAuthorizationSpecificationError, "password"),
    (asyncpg.InvalidCatalogNameError, "no_database"),
    (asyncpg.InsufficientPrivilegeError, "not_writable"),
    (asyncpg.ReadOnlySQLTransactionError, "not_writable"),
    (asyncpg.TooManyConnectionsError, "too_many"),
)
BY_WORDS = (
    ("not a database", "not_a_database"),
    ("readonly", "not_writable"),
    ("locked", "busy"),
    ("unable to open", "closed"),
    ("is full", "full"),
)


async def examine_database(address: str) -> list[Finding]:
    """The connection and the schema. Nothing is changed, and no file is made."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return [of_missing_file(Path(url.database or "")), skipped("schema")]
    engine = make_engine(address)
    try:
        async with asyncio.timeout(LIMIT_S), engine.connect() as connection:
            return await looked_at(connection, url)
    except Exception as error:  # drivers have many errors of their own, and each means a line for the person
        log.debug("doctor.database", exc_info=True)
        return [fail("database", refusal(error), **where(url)), skipped("schema")]
    finally:
        with suppress(Exception):  # the connection may be what is broken
            await engine.dispose()


async def looked_at(connection: AsyncConnection, url: URL) -> list[Finding]:
    revision = await connection.run_sync(revision_of)
    await connection.run_sync(write_and_undo)
    await connection.rollback()
    if url.get_backend_name() == "sqlite":
        running = await processes_on_file(Path(url.database or ""))
        return [ok("database", kind="SQLite", place=url.database or "", n=running), of_schema(revision)]
    version = str(await connection.scalar(text("SHOW server_version"))).split()[0]
    locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = :locks AND objid > 0 AND granted"
    running = int(await connection.scalar(text(locks), {"locks": LOCKS}) or 0)
    return [ok("database", kind=f"PostgreSQL {version}", place=url.host or "", n=running), of_schema(revision)]


def write_and_undo(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE doctor_probe (number INTEGER)"))
    connection.execute(text("INSERT INTO doctor_probe VALUES (1)"))


async def processes_on_file(path: Path) -> int:
    slot = FileSlot(path)
    try:
        await slot.take()
    except SlotTakenError:
        return 1
    else:
        return 0
    finally:
        await slot.release()


def of_schema(revision: Revision) -> Finding:
    values = {"found": revision.found, "wanted": revision.wanted}
    match revision.schema:
        case Schema.CURRENT:
            return ok("schema", **values)
        case Schema.NEWER:
            return fail("schema", "newer", **values)
        case _:
            return warn("schema", revision.schema.value, **values)


def of_missing_file(path: Path) -> Finding:
    """`serve` makes the file and its folder; whether it will be able to is seen at the nearest folder there is."""
    there = next((parent for parent in path.parents if parent.exists()), Path("/"))
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return warn("database", "absent", place=str(path))
    return fail("database", "closed", place=str(path), host="", name=path.name)


def refusal(error: BaseException) -> str:
    """The first cause that says what to do."""
    chain = list(causes(error))
    for one in chain:
        for kind, code in REFUSALS:
            if isinstance(one, kind):
                return code
        if isinstance(one, OSError) and is_unknown_name(one):
            return "name"
    words = " ".join(str(one).lower() for one in chain)
    known = next((code for part, code in BY_WORDS if part in words), None)
    return known or ("away" if any(isinstance(one, OSError | TimeoutError) for one in chain) else "refused")


def is_unknown_name(error: OSError) -> bool:
    return type(error).__name__ == "gaierror"


def causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if one is None or one in found:
            continue
        found.append(one)
        waiting += [one.__cause__, one.__context__, one.orig if isinstance(one, DBAPIError) else None]
    return found


def where(url: URL) -> dict[str, str | int]:
    """What of the address may be shown."""
    host = f"{url.host or ''}:{url.port or 5432}" if url.host else ""
    return {"host": host, "server": url.host or "", "name": url.database or "", "place": url.database or ""}
