"""Begins an upload, or finds the one that the same file has begun before."""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.conversation.refusal import Refusal
from services.db.clock import Clock
from services.db.insert import insert_once
from services.events.queries import lock_participation
from services.submissions.names import clean_name
from services.submissions.window import require_open
from services.texts import load_texts
from services.uploads.limits import LARGEST, MOST_OPEN, MOST_SPOOLED, MOST_UNCHECKED, WAIT_S
from services.uploads.models import Upload, UploadState
from services.uploads.queries import under_way
from services.uploads.refused import TryLaterError
from services.uploads.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Announcement:
    """A file as the browser announces it. `mark` is what it knows a file by: name, size and time of change."""

    name: str
    size: int
    mark: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"{self.size}\0{self.mark or self.name}".encode()).hexdigest()


class BeginUpload:
    """The row of a new upload, before any byte. The same file again is the same upload, from whichever tab.

    Raises Refusal for an empty and for too large a file, outside the event's window and after the finish;
    TryLaterError where too much is under way.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, visitor: Visitor, file: Announcement) -> Upload:
        participation = await lock_participation(self.session, visitor.participation_id)
        require_open(participation, visitor.college, self.clock.now(), load_texts(visitor.person.language))
        refuse_size(file.size)
        known = await self.unfinished(visitor, file)
        if known is not None:
            return known
        await self.require_room(visitor, file.size)
        await self.insert(visitor, file)
        upload = await self.unfinished(visitor, file)
        assert upload is not None, "the row was inserted just now, or by another request before the lock was ours"
        return upload

    async def unfinished(self, visitor: Visitor, file: Announcement) -> Upload | None:
        return await self.session.scalar(
            select(Upload).where(
                Upload.participation_id == visitor.participation_id,
                Upload.person_id == visitor.person.id,
                Upload.fingerprint == file.fingerprint,
                Upload.state == UploadState.OPEN,
            )
        )

    async def require_room(self, visitor: Visitor, size: int) -> None:
        now = await under_way(self.session, visitor)
        if now.uploads >= MOST_OPEN or now.bytes + size > MOST_SPOOLED:
            raise TryLaterError("web.later.open", WAIT_S)
        if now.unchecked >= MOST_UNCHECKED:
            raise TryLaterError("web.later.unchecked", WAIT_S)

    async def insert(self, visitor: Visitor, file: Announcement) -> None:
        now = self.clock.now()
        await insert_once(
            self.session,
            Upload,
            key=secrets.token_urlsafe(18),
            participation_id=visitor.participation_id,
            person_id=visitor.person.id,
            bot_id=visitor.grant.bot_id,
            chat_id=visitor.grant.chat_id,
            name=clean_name(file.name),
            fingerprint=file.fingerprint,
            size=file.size,
            began_at=now,
            touched_at=now,
        )


def refuse_size(size: int) -> None:
    if size <= 0:
        raise Refusal("web.refused.empty")
    if size > LARGEST:
        raise Refusal("web.refused.large", limit=LARGEST // 1_000_000)
