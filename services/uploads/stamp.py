"""A short word for the state of a visitor's page: while it stays, nothing on the page has changed."""

import hashlib

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.kits.models import Kit, KitPage
from services.submissions.models import Page, Submission
from services.uploads.list_files import MOVING_FOR
from services.uploads.models import Upload, UploadState
from services.uploads.visitor import Visitor


class StampOf:
    """Cheaper than the page itself, because the page asks every two seconds."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, visitor: Visitor) -> str:
        parts = [await self.session.execute(query) for query in queries(visitor)]
        rows = [tuple(row) for part in parts for row in part]
        tick = int(self.clock.now().timestamp() // MOVING_FOR.total_seconds()) if any_open(rows) else 0
        college = visitor.college.participation
        told = repr((rows, tick, college.declared, college.state, visitor.person.language))
        return hashlib.sha256(told.encode()).hexdigest()[:20]


def any_open(rows: list[tuple[object, ...]]) -> bool:
    """The first row counts the open uploads: only they look different with time alone."""
    return bool(rows and rows[0][0])


def queries(visitor: Visitor) -> tuple[Select[*tuple[object, ...]], ...]:
    own = (Submission.participation_id == visitor.participation_id) & (Submission.person_id == visitor.person.id)
    here = Kit.participation_id == visitor.participation_id
    return (
        select(func.count(Upload.id), func.sum(Upload.received), func.max(Upload.id)).where(
            Upload.participation_id == visitor.participation_id,
            Upload.person_id == visitor.person.id,
            Upload.state == UploadState.OPEN,
        ),
        select(Submission.state, func.count(Submission.id), func.sum(Submission.pages_checked))
        .where(own)
        .group_by(Submission.state)
        .order_by(Submission.state),
        select(Page.credit, func.count(Page.id))
        .join(Submission, Submission.id == Page.submission_id)
        .where(own)
        .group_by(Page.credit)
        .order_by(Page.credit),
        select(Kit.state, func.count(Kit.id)).where(here).group_by(Kit.state).order_by(Kit.state),
        select(func.count(KitPage.id), func.max(KitPage.id)).join(Kit, Kit.id == KitPage.kit_id).where(here),
    )
