"""Queues what puts new questions before the coordinator."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.audit.record import latest_entry
from services.jobs.jobs import Jobs

SEPARATOR = ","


async def ask_about(session: AsyncSession, jobs: Jobs, participation_id: int, reviews: Sequence[int]) -> None:
    """Queues the job for questions that have just been put; their entries in the audit make it an occasion."""
    if not reviews:
        return
    occasion = await latest_entry(session, participation_id)
    listed = SEPARATOR.join(str(review) for review in reviews)
    key = f"question-{participation_id}-{occasion}"
    await jobs.enqueue(session, "put_question", key, participation=participation_id, reviews=listed, occasion=occasion)
