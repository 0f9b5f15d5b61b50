"""Looks after uploads that nobody goes on with."""

import asyncio

import structlog
from sqlalchemy import select, update

from services.conversation.refusal import Refusal
from services.db.clock import Clock
from services.db.database import Database
from services.uploads.complete_upload import CompleteUpload
from services.uploads.limits import STALE_AFTER
from services.uploads.models import Upload, UploadState
from services.uploads.portraits import Portraits
from services.uploads.spool import Spool

log = structlog.get_logger(__name__)


class SweepUploads:
    """Completes what a kill has left whole, gives up what nobody has touched for days, clears parts of no upload."""

    def __init__(
        self, database: Database, clock: Clock, spool: Spool, complete: CompleteUpload, portraits: Portraits
    ) -> None:
        self.database = database
        self.clock = clock
        self.spool = spool
        self.complete = complete
        self.portraits = portraits

    async def __call__(self) -> None:
        await self.complete_whole()
        await self.give_up_stale()
        await self.clear_parts()
        await asyncio.to_thread(self.portraits.sweep)

    async def complete_whole(self) -> None:
        whole = select(Upload).where(Upload.state == UploadState.OPEN, Upload.received == Upload.size)
        async with self.database.transaction() as session:
            uploads = (await session.scalars(whole)).all()
        for upload in uploads:
            if self.spool.size(upload.key) == upload.size:
                await self.complete_one(upload.id)

    async def complete_one(self, upload_id: int) -> None:
        try:
            await self.complete(upload_id)
        except Refusal as refusal:
            log.info("upload.refused", upload=upload_id, why=refusal.key)
        except OSError:  # the disk is full: the upload waits for the next sweep
            log.exception("upload.not_completed", upload=upload_id)

    async def give_up_stale(self) -> None:
        too_old = self.clock.now() - STALE_AFTER
        stale = update(Upload).where(Upload.state == UploadState.OPEN, Upload.touched_at < too_old)
        async with self.database.transaction() as session:
            await session.execute(stale.values(state=UploadState.CANCELLED, name="", fingerprint=""))

    async def clear_parts(self) -> None:
        """The folder is read first: a part that comes while the uploads are listed may belong to none of them."""
        there = self.spool.keys()
        async with self.database.transaction() as session:
            wanted = set(await session.scalars(select(Upload.key).where(Upload.state == UploadState.OPEN)))
        for key in set(there) - wanted:
            self.spool.remove(key)
