"""Inserts that may meet a row somebody else has just written."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.base import Base


async def insert_once(session: AsyncSession, table: type[Base], **values: Any) -> bool:
    """Inserts a row unless a unique constraint says that it is there already. True where this call inserted it.

    On PostgreSQL it waits for another transaction that is inserting the same row, and then sees its outcome. Defaults
    of the mapped class are applied; the row is not loaded.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    result = await session.execute(dialect.insert(table).values(**values).on_conflict_do_nothing())
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an insert's result always has it
