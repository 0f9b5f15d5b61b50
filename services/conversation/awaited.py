"""Asking for a text and remembering that we did."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from services.conversation.models import Awaited
from services.db.clock import Clock

UNASKED = "unasked"
"""Words that nobody asked for: kept until the person says what to do with them, or is asked for something else."""


async def await_text(
    session: AsyncSession,
    clock: Clock,
    account_id: int,
    what: str,
    *,
    participation_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """The next text of this account answers `what`. A new question replaces an old one."""
    await session.merge(
        Awaited(
            account_id=account_id,
            what=what,
            participation_id=participation_id,
            detail=detail or {},
            asked_at=clock.now(),
        )
    )
    await session.flush()


async def awaited_by(session: AsyncSession, account_id: int) -> Awaited | None:
    """What we wait for from this account."""
    return await session.get(Awaited, account_id)


async def turn_away(session: AsyncSession, account_id: int) -> None:
    """The person has gone on to something else: the question is dropped. Words that nobody asked for stay."""
    await session.execute(delete(Awaited).where(Awaited.account_id == account_id, Awaited.what != UNASKED))


async def stop_awaiting(session: AsyncSession, account_id: int) -> None:
    """The question is answered or dropped."""
    await session.execute(delete(Awaited).where(Awaited.account_id == account_id))
