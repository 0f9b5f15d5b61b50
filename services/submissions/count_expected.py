"""Counts the pages that no print file had named when they came, and one names now."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from recognition.form import Form, load_form
from recognition.pool import Pool
from services.db.clock import Clock
from services.db.database import Database
from services.events.models import Event
from services.events.queries import lock_participation
from services.files.store import FileStore
from services.kits.count_pages import CountPages
from services.kits.credit import Credit
from services.kits.models import IssuedKit
from services.kits.placement import Pair
from services.outbox.outbox import Outbox
from services.reviews.raise_alarm import RaiseAlarm
from services.submissions.compare_scans import CompareScans
from services.submissions.models import Page, Submission

MOST_ROUNDS = 8
"""Of comparing, as in the check of a file."""


class CountExpected:
    """The same bytes sent again are not checked again, so that without this the sheets would have to be scanned anew.

    Runs again after a kill: what counts already is not unknown any more. A finished college stays as it is.
    """

    def __init__(self, database: Database, clock: Clock, store: FileStore, pool: Pool) -> None:
        self.database = database
        self.clock = clock
        self.compare = CompareScans(database, clock, store, pool)

    async def __call__(self, participation_id: int) -> None:
        for round_ in range(1, MOST_ROUNDS + 1):
            pairs, form = await self.count(participation_id, anyway=round_ == MOST_ROUNDS)
            if not pairs:
                return
            await self.compare(pairs, form)

    async def count(self, participation_id: int, *, anyway: bool) -> tuple[list[Pair], Form]:
        """The comparisons to be made first; empty when the pages are counted."""
        async with self.database.transaction() as session:
            participation = await lock_participation(session, participation_id)
            event = await session.get_one(Event, participation.event_id)
            form = load_form(event.form)
            found = await self.known_now(session, participation_id)
            if not found or participation.finished_at is not None:
                return [], form
            pages = [page for page, _ in found]
            counted = await CountPages(session, self.clock)(participation, event, pages, anyway=anyway)
            alarm = RaiseAlarm(session, self.clock, Outbox(session, self.clock))
            await alarm(participation, counted.conflicts, found[-1][1])
            return counted.lacking, form

    async def known_now(self, session: AsyncSession, participation_id: int) -> Sequence[tuple[Page, int]]:
        """The pages in the order in which they came, each with its sender."""
        issued = select(IssuedKit.number).where(IssuedKit.participation_id == participation_id)
        rows = await session.execute(
            select(Page, Submission.person_id)
            .join(Submission, Submission.id == Page.submission_id)
            .where(Submission.participation_id == participation_id)
            .where(Page.credit == Credit.UNKNOWN_KIT, Page.kit_number.in_(issued))
            .order_by(Page.id)
        )
        return [(page, sender) for page, sender in rows]
