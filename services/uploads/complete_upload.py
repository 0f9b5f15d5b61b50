"""Makes a submission of an upload that is all there."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.conversation.refusal import Refusal
from services.db.clock import Clock
from services.db.database import Database
from services.events.queries import participation_view
from services.files.media_type import media_type
from services.files.store import FileStore, StoredFile
from services.outbox.outbox import Outbox
from services.submissions.keep_file import KeepFile
from services.submissions.models import SubmissionState
from services.submissions.origin import Origin
from services.submissions.progress import Progress
from services.submissions.receipt import DOCUMENT, WEB, IncomingFile
from services.submissions.receive_file import ReceiveFile
from services.submissions.settle import Settle
from services.uploads.models import Upload, UploadState
from services.uploads.queries import lock_upload
from services.uploads.spool import Spool


class CompleteUpload:
    """Stores the bytes under their hash; then, in one transaction, the submission and the upload's end.

    Called twice, or again after a kill, it makes one submission. Where scans are not taken any more the upload is
    given up and the Refusal goes on to the sender. Raises OSError where the disk is full: then the upload stays.
    """

    def __init__(self, database: Database, clock: Clock, store: FileStore, spool: Spool, settle: Settle) -> None:
        self.database = database
        self.clock = clock
        self.store = store
        self.spool = spool
        self.settle = settle

    async def __call__(self, upload_id: int) -> None:
        async with self.database.transaction() as session:
            upload = await session.get_one(Upload, upload_id)
        if upload.state != UploadState.OPEN:
            return
        path = self.spool.path(upload.key)
        stored, kind = await self.store.put(path), await asyncio.to_thread(media_type, path)
        try:
            async with self.database.transaction() as session:
                await self.receive(session, upload_id, stored, kind)
        except Refusal:
            await self.give_up(upload_id)
            raise
        self.spool.remove(upload.key)

    async def receive(self, session: AsyncSession, upload_id: int, stored: StoredFile, kind: str) -> None:
        upload = await lock_upload(session, upload_id)
        if upload.state != UploadState.OPEN:
            return
        person = await session.get_one(Person, upload.person_id)
        college = await participation_view(session, upload.participation_id)
        progress = Progress(session, Outbox(session, self.clock))
        receive = ReceiveFile(session, self.clock, self.settle.jobs, progress)
        submission = await receive.into(person, college, incoming(upload, stored, kind))
        if submission.state == SubmissionState.ANNOUNCED:
            await KeepFile(session, self.clock, self.settle)(submission, stored, kind)
        upload.end(UploadState.DONE, submission.id)

    async def give_up(self, upload_id: int) -> None:
        async with self.database.transaction() as session:
            upload = await lock_upload(session, upload_id)
            upload.end(UploadState.CANCELLED)
        self.spool.remove(upload.key)


def incoming(upload: Upload, stored: StoredFile, kind: str) -> IncomingFile:
    origin = Origin(upload.bot_id, upload.chat_id, upload.id)
    return IncomingFile(origin, upload.key, DOCUMENT, upload.name, stored.size, WEB, stored, kind)
