"""Writes down who did what."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.audit.models import AuditEntry
from services.db.clock import Clock


def record(
    session: AsyncSession,
    clock: Clock,
    action: str,
    *,
    person: Person | None = None,
    participation_id: int | None = None,
    **detail: Any,
) -> AuditEntry:
    """Adds an entry in the transaction of the deed. `detail` holds ids and figures, never names or texts.

    The entry has its id after the next flush: each deed is an occasion of its own.
    """
    entry = AuditEntry(
        at=clock.now(),
        person_id=person.id if person else None,
        participation_id=participation_id,
        action=action,
        detail=detail,
    )
    session.add(entry)
    return entry


async def latest_entry(session: AsyncSession, participation_id: int) -> int:
    """The id of a college's latest entry: the occasion of what has just been recorded. Entries are never deleted, so
    that no occasion comes twice.
    """
    await session.flush()
    entries = select(func.max(AuditEntry.id)).where(AuditEntry.participation_id == participation_id)
    return int(await session.scalar(entries) or 0)
