"""Takes the bytes of an upload: written, forced to the disk, and only then confirmed in its row."""

import time
from collections.abc import AsyncIterator

from sqlalchemy import update

from services.db.clock import Clock
from services.db.database import Database
from services.uploads.complete_upload import CompleteUpload
from services.uploads.models import Upload, UploadState
from services.uploads.queries import own_upload
from services.uploads.refused import NoSuchUploadError, TooMuchError, WrongPlaceError
from services.uploads.spool import Part, Spool
from services.uploads.visitor import Visitor

CONFIRM_BYTES = 8 << 20
CONFIRM_EVERY_S = 1.0
"""A kill costs at most so much of what was sent; each confirmation is a forced write and a small transaction."""


class ReceiveBytes:
    """Adds bytes to an upload until they end; all of them there, the upload becomes a submission.

    Bytes that end early are kept: the sender asks where to go on. Raises NoSuchUploadError, WrongPlaceError,
    TooMuchError, BusyError, Refusal (where scans are not taken any more), OSError (the disk is full).
    """

    def __init__(self, database: Database, clock: Clock, spool: Spool, complete: CompleteUpload) -> None:
        self.database = database
        self.clock = clock
        self.spool = spool
        self.complete = complete

    async def __call__(self, visitor: Visitor, key: str, place: int, pieces: AsyncIterator[bytes]) -> int:
        """Returns how many bytes are there now. `place` is where the sender believes the upload to stand."""
        await self.upload(visitor, key)
        async with self.spool.open(key) as part:
            upload = await self.upload(visitor, key)  # once more: another request may have gone on until it let go
            if upload.state == UploadState.DONE:
                raise WrongPlaceError(upload.size)
            received = await part.cut_to(upload.received)
            if place != received:
                raise WrongPlaceError(received)
            received = await self.take(upload, part, received, pieces)
            if received == upload.size:
                await self.complete(upload.id)
        return received

    async def stands_at(self, visitor: Visitor, key: str) -> tuple[int, int]:
        """How many bytes are safe, and the size. An upload that a kill left whole becomes a submission now.

        Raises NoSuchUploadError, and what completing raises.
        """
        upload = await self.upload(visitor, key)
        if upload.state == UploadState.DONE:
            return upload.size, upload.size
        received = min(upload.received, self.spool.size(key))
        if received == upload.size:
            await self.complete(upload.id)
        return received, upload.size

    async def upload(self, visitor: Visitor, key: str) -> Upload:
        async with self.database.transaction() as session:
            return await own_upload(session, visitor, key)

    async def take(self, upload: Upload, part: Part, received: int, pieces: AsyncIterator[bytes]) -> int:
        confirmed, confirm_at = received, time.monotonic() + CONFIRM_EVERY_S
        async for piece in pieces:
            if received + len(piece) > upload.size:
                raise TooMuchError
            await part.write(piece)
            received += len(piece)
            if received - confirmed >= CONFIRM_BYTES or time.monotonic() >= confirm_at:
                await self.confirm(upload.id, part, received)
                confirmed, confirm_at = received, time.monotonic() + CONFIRM_EVERY_S
        if received != confirmed:
            await self.confirm(upload.id, part, received)
        return received

    async def confirm(self, upload_id: int, part: Part, received: int) -> None:
        """Raises NoSuchUploadError where the upload was cancelled meanwhile."""
        await part.sync()
        async with self.database.transaction() as session:
            changed = await session.execute(
                update(Upload)
                .where(Upload.id == upload_id, Upload.state == UploadState.OPEN)
                .values(received=received, touched_at=self.clock.now())
            )
        if not changed.rowcount:  # type: ignore[attr-defined]  # an update's result always has it
            raise NoSuchUploadError
