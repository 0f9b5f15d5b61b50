"""One page of a file of one's own as a picture."""

import asyncio
import io

from PIL import Image
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.files.store import FileStore
from services.submissions.models import Page, Submission
from services.uploads.refused import NoSuchUploadError
from services.uploads.visitor import Visitor

SMALL_PX = 320


class ShowPage:
    """The annotated picture of a bad page. Raises NoSuchUploadError for others' files and pages without a picture."""

    def __init__(self, session: AsyncSession, store: FileStore) -> None:
        self.session = session
        self.store = store

    async def picture_hash(self, visitor: Visitor, submission_id: int, index: int) -> str:
        wanted = (
            select(Page.picture_hash)
            .join(Submission, Submission.id == Page.submission_id)
            .where(Submission.id == submission_id, Page.index == index)
            .where(Submission.participation_id == visitor.participation_id, Submission.person_id == visitor.person.id)
        )
        found = await self.session.scalar(wanted)
        if found is None:
            raise NoSuchUploadError
        return found


async def picture(store: FileStore, digest: str, *, small: bool) -> bytes:
    """A JPEG of our own making: safe to open here."""
    whole = await store.get(digest)
    return await asyncio.to_thread(shrunk, whole) if small else whole


def shrunk(jpeg: bytes) -> bytes:
    with Image.open(io.BytesIO(jpeg)) as opened:
        opened.draft("RGB", (SMALL_PX, SMALL_PX))
        opened.thumbnail((SMALL_PX, SMALL_PX * 2))
        out = io.BytesIO()
        opened.convert("RGB").save(out, "JPEG", quality=80)
        return out.getvalue()
