"""Reads of uploads."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.submissions.models import Submission, SubmissionState
from services.uploads.models import Upload, UploadState
from services.uploads.refused import NoSuchUploadError
from services.uploads.visitor import Visitor


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What one person has under way for one college."""

    uploads: int
    bytes: int
    unchecked: int


async def own_upload(session: AsyncSession, visitor: Visitor, key: str) -> Upload:
    """The visitor's upload with this key, whatever became of it. Raises NoSuchUploadError, also for others' uploads."""
    own = (Upload.person_id == visitor.person.id) & (Upload.participation_id == visitor.participation_id)
    upload = await session.scalar(select(Upload).where(Upload.key == key, own))
    if upload is None or upload.state == UploadState.CANCELLED:
        raise NoSuchUploadError
    return upload


async def lock_upload(session: AsyncSession, upload_id: int) -> Upload:
    """An upload as it stands now, locked until the transaction ends."""
    wanted = select(Upload).where(Upload.id == upload_id).with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(wanted)).one()


async def under_way(session: AsyncSession, visitor: Visitor) -> UnderWay:
    opened = select(func.count(Upload.id), func.coalesce(func.sum(Upload.size), 0)).where(
        Upload.person_id == visitor.person.id,
        Upload.participation_id == visitor.participation_id,
        Upload.state == UploadState.OPEN,
    )
    unchecked = select(func.count(Submission.id)).where(
        Submission.participation_id == visitor.participation_id,
        Submission.person_id == visitor.person.id,
        Submission.state == SubmissionState.STORED,
    )
    uploads, size = (await session.execute(opened)).one()
    return UnderWay(uploads, int(size), await session.scalar(unchecked) or 0)


async def open_uploads(session: AsyncSession, visitor: Visitor) -> Sequence[Upload]:
    """The visitor's unfinished uploads, oldest first."""
    wanted = select(Upload).where(
        Upload.person_id == visitor.person.id,
        Upload.participation_id == visitor.participation_id,
        Upload.state == UploadState.OPEN,
    )
    return (await session.scalars(wanted.order_by(Upload.id))).all()
