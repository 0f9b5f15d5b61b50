"""Ends a submission and lets its batch be summed up."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.db.database import Database
from services.events.queries import lock_participation
from services.jobs.jobs import Jobs
from services.submissions.models import Batch, Submission, SubmissionState
from services.submissions.timing import time_left

ENDS = (SubmissionState.CHECKED, SubmissionState.REFUSED)


class Settle:
    """The ends of a submission: checked or refused. Each end looks whether the batch is complete."""

    def __init__(self, database: Database, clock: Clock, jobs: Jobs) -> None:
        self.database = database
        self.clock = clock
        self.jobs = jobs

    async def refuse(self, submission_id: int, refusal: str, detail: dict[str, Any] | None = None) -> None:
        """Refuses a submission in a transaction of its own; one that has ended stays as it is."""
        async with self.database.transaction() as session:
            submission = await session.get_one(Submission, submission_id)
            await lock_participation(session, submission.participation_id)
            await session.refresh(submission)
            if submission.state not in ENDS:
                submission.refusal, submission.refusal_detail = refusal, detail or {}
                await self.settled(session, submission, SubmissionState.REFUSED)

    async def settled(self, session: AsyncSession, submission: Submission, state: SubmissionState) -> None:
        """Writes the end and queues the summary for when the person has been quiet long enough."""
        submission.state, submission.settled_at = state, self.clock.now()
        batch = await session.get_one(Batch, submission.batch_id)
        await self.jobs.enqueue(
            session,
            "close_batch",
            f"close-batch-{batch.id}-after-{submission.id}",
            delay_s=time_left(batch.opened_at, batch.last_file_at, self.clock.now()).total_seconds(),
            batch=batch.id,
        )
