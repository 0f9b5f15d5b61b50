"""Fetches an announced file from the messenger and keeps it."""

from dataclasses import dataclass
from pathlib import Path

import structlog

from recognition.codes import FileError
from services.db.clock import Clock
from services.db.database import Database
from services.events.queries import lock_participation
from services.files.media_type import media_type
from services.files.store import FileStore, StoredFile
from services.submissions.keep_file import KeepFile
from services.submissions.models import Submission, SubmissionState
from services.submissions.settle import Settle
from services.telegram.gateway import BotGateway, Gone, Later, TooBig

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 12
"""With the pauses below about 13 minutes; then the person is asked to send the file again."""

LONGEST_PAUSE_S = 120.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a file is to be had."""

    bot_id: int
    remote_id: str


class FetchFile:
    """Downloads, forces the bytes to the disk, and only then says *stored*; a check follows.

    Runs again after a kill: a submission that is no longer announced is left alone, and bytes stored twice are stored
    once. The same content as an earlier file of this college is not checked again.
    """

    def __init__(self, database: Database, clock: Clock, store: FileStore, gateway: BotGateway, settle: Settle) -> None:
        self.database = database
        self.clock = clock
        self.store = store
        self.gateway = gateway
        self.settle = settle

    async def __call__(self, submission: int, attempt: int = 1) -> None:
        wanted = await self.wanted(submission)
        if wanted is None:
            return
        try:
            async with self.store.scratch() as path:
                stored, kind = await self.fetch(wanted, path)
        except TooBig:
            await self.settle.refuse(submission, FileError.FILE_TOO_LARGE)
        except Gone:
            await self.settle.refuse(submission, "gone")
        except Later as later:
            await self.again(submission, attempt, "unreachable", later.retry_after)
        except OSError:  # the disk is full or closed: it may have room again
            log.exception("submission.not_kept", submission=submission)
            await self.again(submission, attempt, "not_kept")
        else:
            await self.keep(submission, stored, kind)

    async def wanted(self, submission_id: int) -> Wanted | None:
        async with self.database.transaction() as session:
            submission = await session.get_one(Submission, submission_id)
            if submission.state != SubmissionState.ANNOUNCED:
                return None
            return Wanted(submission.bot_id, submission.remote_id)

    async def fetch(self, wanted: Wanted, path: Path) -> tuple[StoredFile, str]:
        await self.gateway.download(wanted.bot_id, wanted.remote_id, path)
        return await self.store.put(path), media_type(path)

    async def again(self, submission_id: int, attempt: int, refusal: str, wait_s: float = 0) -> None:
        """Queues the next attempt, or gives up and says so."""
        if attempt >= MOST_ATTEMPTS:
            await self.settle.refuse(submission_id, refusal)
            return
        async with self.database.transaction() as session:
            await self.settle.jobs.enqueue(
                session,
                "fetch_file",
                f"fetch-{submission_id}-{attempt + 1}",
                delay_s=max(wait_s, min(LONGEST_PAUSE_S, 2.0 ** (attempt - 1))),
                submission=submission_id,
                attempt=attempt + 1,
            )

    async def keep(self, submission_id: int, stored: StoredFile, kind: str) -> None:
        """Says *stored*, in a transaction of its own; a submission that is no longer announced is left alone."""
        async with self.database.transaction() as session:
            submission = await session.get_one(Submission, submission_id)
            await lock_participation(session, submission.participation_id)
            await session.refresh(submission)
            if submission.state != SubmissionState.ANNOUNCED:
                return
            await KeepFile(session, self.clock, self.settle)(submission, stored, kind)
