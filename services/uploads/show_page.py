"""Which picture shows a page of a file of one's own."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.submissions.models import Page, Submission
from services.uploads.refused import NoSuchUploadError
from services.uploads.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Pictured:
    """A page of a stored file, with the picture that its check drew where it has one, and the event's form."""

    file_hash: str
    index: int
    picture_hash: str | None
    form: dict[str, Any]


class ShowPage:
    """Raises NoSuchUploadError for others' files and for pages that there are not."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def __call__(self, visitor: Visitor, submission_id: int, index: int) -> Pictured:
        wanted = (
            select(Submission.file_hash, Page.picture_hash)
            .join(Page, Page.submission_id == Submission.id)
            .where(Submission.id == submission_id, Page.index == index)
            .where(Submission.participation_id == visitor.participation_id, Submission.person_id == visitor.person.id)
        )
        found = (await self.session.execute(wanted)).one_or_none()
        if found is None:
            raise NoSuchUploadError
        file_hash, picture_hash = found
        return Pictured(file_hash or "", index, picture_hash, visitor.college.event.form)
