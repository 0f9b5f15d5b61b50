"""Compares scans that carry one number, and writes down what that has shown."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from recognition.form import Form
from recognition.pool import Pool
from recognition.sheets import Comparison as Compared
from recognition.sheets import Spot
from services.db.clock import Clock
from services.db.database import Database
from services.db.insert import insert_once
from services.files.remember import remember_stored
from services.files.store import FileStore, StoredFile
from services.kits.models import Comparison
from services.kits.placement import Pair
from services.submissions.models import Page, Submission

PICTURE_TYPE = "image/jpeg"

AT_ONCE = 4
"""Pairs that the pool is asked for together: about two seconds, so that a chat sees them move."""


@dataclass(frozen=True, slots=True)
class Where:
    """The stored file of a page and its place in it."""

    file_hash: str
    index: int


class CompareScans:
    """Opens the stored files again: repeats are rare, so nothing is kept for them beforehand.

    Each pair is written once, whoever comes first. Where the scans may differ, both pictures are kept for the person
    who will have to decide.
    """

    def __init__(self, database: Database, clock: Clock, store: FileStore, pool: Pool) -> None:
        self.database = database
        self.clock = clock
        self.store = store
        self.pool = pool

    async def __call__(
        self, pairs: Sequence[Pair], form: Form, on_pair: Callable[[int, int], None] = lambda _done, _all: None
    ) -> None:
        """`on_pair` hears how many of how many are written."""
        for start in range(0, len(pairs), AT_ONCE):
            some = pairs[start : start + AT_ONCE]
            await self.compare(some, form)
            on_pair(start + len(some), len(pairs))

    async def compare(self, pairs: Sequence[Pair], form: Form) -> None:
        places = await self.places({page for pair in pairs for page in pair})
        async with AsyncExitStack() as stack:
            paths = {file: await self.opened(stack, file) for file in {place.file_hash for place in places.values()}}
            spots = {page: Spot(paths[place.file_hash], place.index) for page, place in places.items()}
            compared = await self.pool.compare([(spots[first], spots[second]) for first, second in pairs], form)
        for pair, shown in zip(pairs, compared, strict=True):
            await self.write(pair, shown)

    async def places(self, page_ids: Collection[int]) -> dict[int, Where]:
        async with self.database.transaction() as session:
            rows = await session.execute(
                select(Page.id, Submission.file_hash, Page.index)
                .join(Submission, Submission.id == Page.submission_id)
                .where(Page.id.in_(page_ids))
            )
            return {page_id: Where(file_hash or "", index) for page_id, file_hash, index in rows}

    async def opened(self, stack: AsyncExitStack, file_hash: str) -> Path:
        return await stack.enter_async_context(self.store.local(file_hash))

    async def write(self, pair: Pair, shown: Compared) -> None:
        pictures: list[StoredFile | None] = [None, None]
        if shown.pictures:
            pictures = [await self.store.put(picture) for picture in shown.pictures]
        async with self.database.transaction() as session:
            for picture in pictures:
                if picture is not None:
                    await remember_stored(session, self.clock, picture, PICTURE_TYPE)
            await insert_once(
                session,
                Comparison,
                first_id=pair[0],
                second_id=pair[1],
                likeness=shown.likeness,
                score=shown.score,
                probability=shown.probability,
                first_picture=pictures[0].hash if pictures[0] else None,
                second_picture=pictures[1].hash if pictures[1] else None,
            )
