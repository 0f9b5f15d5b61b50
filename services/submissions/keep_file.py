"""Says that the bytes of a submission are on the disk."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.files.remember import remember_stored
from services.files.store import StoredFile
from services.submissions.models import Submission, SubmissionState
from services.submissions.settle import Settle


class KeepFile:
    """*Stored*, with the job that checks; or *checked*, where this college has sent the same bytes before.

    The caller holds the participation's lock, and has seen that the submission is *announced*.
    """

    def __init__(self, session: AsyncSession, clock: Clock, settle: Settle) -> None:
        self.session = session
        self.clock = clock
        self.settle = settle

    async def __call__(self, submission: Submission, stored: StoredFile, media_type: str) -> None:
        await remember_stored(self.session, self.clock, stored, media_type)
        submission.file_hash, submission.size = stored.hash, stored.size
        submission.same_as = await self.earlier(submission)
        if submission.same_as is not None:
            await self.settle.settled(self.session, submission, SubmissionState.CHECKED)
            return
        submission.state = SubmissionState.STORED
        key = f"check-{submission.id}"
        await self.settle.jobs.enqueue(self.session, "check_file", key, submission=submission.id)

    async def earlier(self, submission: Submission) -> int | None:
        """The first submission of the same bytes for this college that was not refused. What was sent as a test counts
        when it is sent again.
        """
        same = (
            select(Submission.id)
            .where(Submission.participation_id == submission.participation_id, Submission.id != submission.id)
            .where(Submission.file_hash == submission.file_hash, Submission.same_as.is_(None))
            .where(Submission.is_test == submission.is_test)
            .where(Submission.state.in_([SubmissionState.STORED, SubmissionState.CHECKED]))
            .order_by(Submission.id)
            .limit(1)
        )
        return await self.session.scalar(same)
