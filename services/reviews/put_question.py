"""Puts questions before the coordinator, each with its picture."""

from collections.abc import Sequence
from contextlib import AsyncExitStack

from sqlalchemy import select

from recognition.form import Form, load_form
from recognition.pool import Pool
from recognition.sheets import Spot
from services.db.clock import Clock
from services.db.database import Database
from services.events.models import Event, Participation
from services.events.queries import lock_participation, participation_view
from services.files.remember import remember_stored
from services.files.store import FileStore
from services.kits.placement import Pair
from services.notices.queries import ASKED
from services.notices.tell_region import TellRegion
from services.outbox.outbox import Outbox
from services.reviews.compare_named import pairs_of
from services.reviews.models import Review
from services.reviews.queries import review_views
from services.reviews.queue_question import SEPARATOR
from services.reviews.screens import asks
from services.reviews.tell_unheard import TellUnheard
from services.submissions.compare_scans import CompareScans
from services.submissions.models import Page, Submission

PICTURE_TYPE = "image/jpeg"


class PutQuestion:
    """Draws the pages that have no picture yet, compares a page that people have named with the sheets that carry the
    same number, and then tells the coordinators once. Runs again after a kill: what is there is not made again.
    """

    def __init__(self, database: Database, clock: Clock, store: FileStore, pool: Pool) -> None:
        self.database = database
        self.clock = clock
        self.store = store
        self.pool = pool
        self.compare = CompareScans(database, clock, store, pool)

    async def __call__(self, participation: int, reviews: str, occasion: int) -> None:
        ids = [int(one) for one in str(reviews).split(SEPARATOR)]
        form, bare, pairs = await self.what_lacks(participation, ids)
        await self.portray(bare, form)
        if pairs:
            await self.compare(pairs, form)
        await self.tell(participation, ids, occasion)

    async def what_lacks(
        self, participation_id: int, ids: Sequence[int]
    ) -> tuple[Form, dict[int, tuple[str, int]], list[Pair]]:
        """The event's form, the pages without a picture by id, and the comparisons to be made."""
        async with self.database.transaction() as session:
            participation = await session.get_one(Participation, participation_id)
            event = await session.get_one(Event, participation.event_id)
            rows = await session.execute(
                select(Page.id, Submission.file_hash, Page.index)
                .join(Submission, Submission.id == Page.submission_id)
                .join(Review, Review.page_id == Page.id)
                .where(Review.id.in_(ids), Page.picture_hash.is_(None), Submission.file_hash.is_not(None))
            )
            bare = {page_id: (file_hash or "", index) for page_id, file_hash, index in rows}
            return load_form(event.form), bare, await pairs_of(session, self.clock, ids)

    async def portray(self, bare: dict[int, tuple[str, int]], form: Form) -> None:
        async with AsyncExitStack() as stack:
            files = {file for file, _ in bare.values()}
            paths = {file: await stack.enter_async_context(self.store.local(file)) for file in sorted(files)}
            drawn = await self.pool.portray([Spot(paths[file], index) for file, index in bare.values()], form)
        for page_id, picture in zip(bare, drawn, strict=True):
            if picture is not None:
                await self.keep(page_id, picture)

    async def keep(self, page_id: int, picture: bytes) -> None:
        stored = await self.store.put(picture)
        async with self.database.transaction() as session:
            await remember_stored(session, self.clock, stored, PICTURE_TYPE)
            page = await session.get_one(Page, page_id)
            page.picture_hash = page.picture_hash or stored.hash

    async def tell(self, participation_id: int, ids: Sequence[int], occasion: int) -> None:
        async with self.database.transaction() as session:
            await lock_participation(session, participation_id)
            college = await participation_view(session, participation_id)
            waiting = await session.scalars(
                select(Review).where(Review.id.in_(ids), Review.choice.is_(None)).order_by(Review.id)
            )
            views = await review_views(session, waiting.all())
            if views:
                outbox = Outbox(session, self.clock)
                await TellRegion(session, self.clock, outbox)(
                    college, ASKED, occasion, lambda texts: asks.to_coordinator(texts, college, views)
                )
                await TellUnheard(session, self.clock, outbox)(college, ASKED, occasion)
