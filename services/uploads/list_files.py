"""What a person has sent for a college, from the page and from the chat, with how far each file is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.kits.counts import KitCounts
from services.kits.queries import kit_counts
from services.submissions.batch_view import FileView
from services.submissions.models import Submission, SubmissionState
from services.submissions.queries import file_view, pages_by_submission
from services.submissions.settle import ENDS
from services.uploads.models import Upload
from services.uploads.queries import open_uploads
from services.uploads.visitor import Visitor

MOST_SHOWN = 40
"""Files on the page; older ones are counted."""

MOVING_FOR = timedelta(seconds=10)
"""An upload that got bytes so lately is under way, here or in another tab."""


class RowState(StrEnum):
    """How far a file is."""

    UPLOADING = "uploading"
    STOPPED = "stopped"
    WAITING = "waiting"
    CHECKING = "checking"
    CHECKED = "checked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file. `key` names its upload, or its submission where it came through the chat."""

    key: str
    name: str
    size: int | None
    state: RowState
    received: int = 0
    page: int = 0
    pages: int = 0
    submission_id: int | None = None
    is_test: bool = False
    file: FileView | None = None


@dataclass(frozen=True, slots=True)
class FileList:
    """Newest first; `older` files are not among the rows. `settled` of `files` are checked or refused."""

    rows: tuple[FileRow, ...]
    files: int
    settled: int
    older: int
    counts: KitCounts


class ListFiles:
    """Only the visitor's own files: a college may have several technicians."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, visitor: Visitor) -> FileList:
        coming = [self.coming(upload) for upload in reversed(await open_uploads(self.session, visitor))]
        sent = await self.sent(visitor)
        total, settled = await self.totals(visitor)
        return FileList(
            rows=(*coming[:MOST_SHOWN], *sent),
            files=total + len(coming),
            settled=settled,
            older=total - len(sent) + max(0, len(coming) - MOST_SHOWN),
            counts=await kit_counts(self.session, visitor.college.participation),
        )

    def coming(self, upload: Upload) -> FileRow:
        moving = self.clock.now() - upload.touched_at < MOVING_FOR
        state = RowState.UPLOADING if moving else RowState.STOPPED
        return FileRow(upload.key, upload.name, upload.size, state, received=upload.received)

    async def sent(self, visitor: Visitor) -> list[FileRow]:
        wanted = (
            select(Submission, Upload.key)
            .outerjoin(Upload, Upload.submission_id == Submission.id)
            .where(Submission.participation_id == visitor.participation_id, Submission.person_id == visitor.person.id)
            .order_by(Submission.id.desc())
            .limit(MOST_SHOWN)
        )
        found = (await self.session.execute(wanted)).all()
        pages = await pages_by_submission(self.session, [submission.id for submission, _ in found])
        views = {one.id: await file_view(self.session, one, pages[one.id]) for one, _ in found if one.state in ENDS}
        return rows_of(found, views)

    async def totals(self, visitor: Visitor) -> tuple[int, int]:
        """All submissions of the visitor for this college, and those that have come to an end."""
        ended = func.count(Submission.id).filter(Submission.state.in_(ENDS))
        counted = select(func.count(Submission.id), ended).where(
            Submission.participation_id == visitor.participation_id, Submission.person_id == visitor.person.id
        )
        total, settled = (await self.session.execute(counted)).one()
        return total, settled


def rows_of(found: Sequence[Row[Submission, str | None]], views: Mapping[int, FileView]) -> list[FileRow]:
    return [
        FileRow(
            key=key or f"s{submission.id}",
            name=submission.name,
            size=submission.size,
            state=state_of(submission, views.get(submission.id)),
            page=submission.pages_checked or 0,
            pages=submission.pages_total or 0,
            submission_id=submission.id,
            is_test=submission.is_test,
            file=views.get(submission.id),
        )
        for submission, key in found
    ]


def state_of(submission: Submission, view: FileView | None) -> RowState:
    if view is not None:
        return RowState.REFUSED if view.refusal is not None else RowState.CHECKED
    if submission.state == SubmissionState.STORED and submission.pages_total:
        return RowState.CHECKING
    return RowState.WAITING
