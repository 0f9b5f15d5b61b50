"""What recognition said of a file, written down: its pages, and what the ledger makes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from recognition.report import FileReport, PageReport
from services.db.clock import Clock
from services.db.database import Database
from services.events.models import Event, Participation
from services.events.queries import lock_participation
from services.files.remember import remember_stored
from services.files.store import StoredFile
from services.kits.count_pages import CountPages
from services.kits.credit import Credit
from services.kits.placement import Pair
from services.outbox.outbox import Outbox
from services.reviews.raise_alarm import RaiseAlarm
from services.submissions.models import Page, Submission, SubmissionState
from services.submissions.settle import Settle

PICTURE_TYPE = "image/jpeg"


class RecordPages:
    """Two transactions: the pages as they were read, then their count, which may need comparisons in between.

    Both run again after a kill and then find what is there already.
    """

    def __init__(self, database: Database, clock: Clock, settle: Settle) -> None:
        self.database = database
        self.clock = clock
        self.settle = settle

    async def keep(self, submission_id: int, report: FileReport, pictures: Mapping[int, StoredFile]) -> None:
        """Keeps the pages, once."""
        async with self.database.transaction() as session:
            submission = await self.locked(session, submission_id)
            if submission.state != SubmissionState.STORED or await pages_of(session, submission_id):
                return
            for picture in pictures.values():
                await remember_stored(session, self.clock, picture, PICTURE_TYPE)
            session.add_all(page_row(submission.id, page, pictures.get(page.index)) for page in report.pages)

    async def count(self, submission_id: int, *, anyway: bool = False) -> list[Pair]:
        """Counts the pages and ends the submission; or returns the comparisons to be made first, and counts nothing.

        A test scan is kept outside the ledger: its pages count for nothing and meet no other.
        """
        async with self.database.transaction() as session:
            submission = await self.locked(session, submission_id)
            if submission.state != SubmissionState.STORED:
                return []
            pages = await pages_of(session, submission_id)
            if submission.is_test:
                for page in pages:
                    page.credit = Credit.TEST
            elif lacking := await self.through_ledger(session, submission, pages, anyway=anyway):
                return lacking
            await self.settle.settled(session, submission, SubmissionState.CHECKED)
            return []

    async def through_ledger(
        self, session: AsyncSession, submission: Submission, pages: Sequence[Page], *, anyway: bool
    ) -> list[Pair]:
        participation = await session.get_one(Participation, submission.participation_id)
        event = await session.get_one(Event, participation.event_id)
        counted = await CountPages(session, self.clock)(participation, event, pages, anyway=anyway)
        alarm = RaiseAlarm(session, self.clock, Outbox(session, self.clock))
        await alarm(participation, counted.conflicts, submission.person_id)
        return counted.lacking

    async def locked(self, session: AsyncSession, submission_id: int) -> Submission:
        submission = await session.get_one(Submission, submission_id)
        await lock_participation(session, submission.participation_id)
        await session.refresh(submission)
        return submission


async def pages_of(session: AsyncSession, submission_id: int) -> Sequence[Page]:
    """The pages of a file in their order."""
    return (await session.scalars(select(Page).where(Page.submission_id == submission_id).order_by(Page.index))).all()


def page_row(submission_id: int, page: PageReport, picture: StoredFile | None) -> Page:
    return Page(
        submission_id=submission_id,
        index=page.index,
        verdict=page.verdict,
        kit_number=page.kit,
        page_number=page.page,
        kind=page.kind,
        report=plain_report(page),
        picture_hash=picture.hash if picture else None,
    )


def plain_report(page: PageReport) -> dict[str, Any]:
    """A page's report as the database keeps it: lists for tuples, codes as they are."""
    return asdict(page)
