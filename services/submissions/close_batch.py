"""Sums up what a person sent, once."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.conversation.screen import Screen
from services.db.clock import Clock
from services.db.database import Database
from services.events.queries import lock_participation
from services.jobs.jobs import Jobs
from services.outbox.outbox import Outbox
from services.submissions.models import Batch, Submission
from services.submissions.origin import Origin
from services.submissions.progress import Progress
from services.submissions.queries import batch_view, submissions_of
from services.submissions.receive_file import is_told_at_once
from services.submissions.settle import ENDS
from services.submissions.summary import summary
from services.submissions.timing import time_left
from services.texts import load_texts


class CloseBatch:
    """One summary a batch: when the person has been quiet, or after 15 s, and all its checks are done.

    Every file that comes and every check that ends calls this job; whichever call finds all conditions true sums up,
    and the state *summarised* keeps every other call silent. Files that come later open the next batch.
    """

    def __init__(self, database: Database, clock: Clock, jobs: Jobs) -> None:
        self.database = database
        self.clock = clock
        self.jobs = jobs

    async def __call__(self, batch: int) -> None:
        async with self.database.transaction() as session:
            row = await session.get_one(Batch, batch)
            await lock_participation(session, row.participation_id)
            await session.refresh(row)
            submissions = await submissions_of(session, row.id)
            if row.state != "open" or any(submission.state not in ENDS for submission in submissions):
                return
            if await self.is_early(session, row):
                return
            row.state, row.summarised_at = "summarised", self.clock.now()
            await self.tell(session, row, submissions)

    async def is_early(self, session: AsyncSession, batch: Batch) -> bool:
        """True where more may come; then it looks again when the time is up. Jobs may wake a little early."""
        left = time_left(batch.opened_at, batch.last_file_at, self.clock.now()).total_seconds()
        if left <= 0:
            return False
        due = self.clock.now().timestamp() + left
        await self.jobs.enqueue(
            session, "close_batch", f"close-batch-{batch.id}-again-{due:.3f}", delay_s=left + 0.01, batch=batch.id
        )
        return True

    async def tell(self, session: AsyncSession, batch: Batch, submissions: list[Submission]) -> None:
        """Puts the summary into the outbox. Files that were refused before their download were told at once."""
        submissions = [submission for submission in submissions if not is_told_at_once(submission)]
        if not submissions:
            return
        chat = Origin.parse(submissions[-1].origin).chat
        language = (await session.get_one(Person, batch.person_id)).language
        outbox = Outbox(session, self.clock)
        await Progress(session, outbox).finished(batch, chat, language)
        screens: tuple[Screen, ...] = summary(load_texts(language), await batch_view(session, batch, submissions))
        for place, screen in enumerate(screens):
            await outbox.say(chat, screen, key=f"summary-{batch.id}-{place}")
