"""Gives up an upload that its person does not want any more."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.uploads.models import UploadState
from services.uploads.queries import lock_upload, own_upload
from services.uploads.refused import NoSuchUploadError
from services.uploads.spool import Spool
from services.uploads.visitor import Visitor


class CancelUpload:
    """Forgets the bytes. One that has become a submission stays: what is accepted is never lost.

    Raises NoSuchUploadError, also for an upload that is done.
    """

    def __init__(self, session: AsyncSession, spool: Spool) -> None:
        self.session = session
        self.spool = spool

    async def __call__(self, visitor: Visitor, key: str) -> None:
        upload = await lock_upload(self.session, (await own_upload(self.session, visitor, key)).id)
        if upload.state != UploadState.OPEN:
            raise NoSuchUploadError
        upload.end(UploadState.CANCELLED)
        await self.session.flush()
        self.spool.remove(key)
