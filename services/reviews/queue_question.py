"""Queues what puts new questions before the coordinator."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.audit.models import AuditEntry
from services.jobs.jobs import Jobs

SEPARATOR = ","


async def ask_about(session: AsyncSession, jobs: Jobs, participation_id: int, reviews: Sequence[int]) -> None:
    """Queues the job for questions that have just been put; their entries in the audit make it an occasion."""
    if not reviews:
        return
    await session.flush()
    entries = select(func.max(AuditEntry.id)).where(AuditEntry.participation_id == participation_id)
    occasion = int(await session.scalar(entries) or 0)
    listed = SEPARATOR.join(str(review) for review in reviews)
    key = f"question-{participation_id}-{occasion}"
    await jobs.enqueue(session, "put_question", key, participation=participation_id, reviews=listed, occasion=occasion)
