"""How much waits in each queue, and for how long the oldest has been due."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Select, String, column, func, or_, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.base import written_out
from services.inbox.models import InboxState, InboxUpdate
from services.jobs.engine import SCHEMA
from services.outbox.models import OutboxMessage, OutboxState


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is due and not done, in hand or not; the age of the oldest in seconds."""

    count: int = 0
    oldest_s: float = 0.0


async def queues(session: AsyncSession, now: datetime) -> dict[str, Waiting]:
    """All three: updates to handle, messages to send, jobs to do. What waits for its time is not counted."""
    return {
        "inbox": await waiting_updates(session, now),
        "outbox": await waiting_messages(session, now),
        "jobs": await waiting_jobs(session, now),
    }


async def waiting_updates(session: AsyncSession, now: datetime) -> Waiting:
    open_ones = written_out(InboxUpdate.state, InboxState.NEW, InboxState.TAKEN)
    return await due(session, now, InboxUpdate.not_before, InboxUpdate.received_at, open_ones)


async def waiting_messages(session: AsyncSession, now: datetime) -> Waiting:
    open_ones = written_out(OutboxMessage.state, OutboxState.NEW, OutboxState.SENDING)
    return await due(session, now, OutboxMessage.not_before, OutboxMessage.created_at, open_ones)


async def due(session: AsyncSession, now: datetime, not_before: Any, came: Any, open_ones: Any) -> Waiting:
    statement = select(func.count(), func.min(func.coalesce(not_before, came))).where(open_ones)
    count, oldest = (await session.execute(statement.where(or_(not_before.is_(None), not_before <= now)))).one()
    return Waiting(count, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)


async def waiting_jobs(session: AsyncSession, now: datetime) -> Waiting:
    """Jobs that wait for a worker; those that wait for their time, or are in hand, do not count."""
    jobs = job_table(session)
    statement = select(func.count(), func.min(jobs.c.created_at)).where(jobs.c.status == "ENQUEUED")
    count, oldest_ms = (await session.execute(statement)).one()
    return Waiting(count, max(0.0, (now - moment(oldest_ms)).total_seconds()) if oldest_ms else 0.0)


async def jobs_by_state(session: AsyncSession) -> dict[tuple[str, str], int]:
    """Jobs of the last day by queue and state."""
    jobs = job_table(session)
    counted: Select[Any] = select(jobs.c.queue_name, jobs.c.status, func.count()).group_by(
        jobs.c.queue_name, jobs.c.status
    )
    return {(queue or "", state.lower()): count for queue, state, count in await session.execute(counted)}


def job_table(session: AsyncSession) -> Any:
    """The engine's own table, of which we read three columns and write none."""
    schema = SCHEMA if session.get_bind().dialect.name == "postgresql" else None
    columns = (column("status", String), column("queue_name", String), column("created_at", BigInteger))
    return table("workflow_status", *columns, schema=schema)


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
