"""Takes note of a file that a person sent; from a chat its bytes come later, by a job."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from recognition.codes import FileError
from services.accounts.access import Access, Deed
from services.accounts.models import Person
from services.checklists.filled import is_filled
from services.checklists.models import ChecklistStep
from services.db.clock import Clock
from services.db.insert import insert_once
from services.events.models import Participation
from services.events.queries import ParticipationView, lock_participation, participations_of
from services.jobs.jobs import Jobs
from services.submissions.choose_college import ChooseCollege
from services.submissions.models import Batch, Submission, SubmissionState
from services.submissions.names import clean_name
from services.submissions.progress import Progress
from services.submissions.receipt import (
    AT_ONCE,
    CHAT,
    OF_THE_CLOUD,
    Announced,
    ChatLimit,
    IncomingFile,
    Received,
    TooLarge,
    WhichCollege,
)
from services.submissions.timing import QUIET
from services.submissions.window import require_open
from services.texts import load_texts

SCAN_STEP = "scan"


class ReceiveFile:
    """Announces a submission: a row, its batch, a job that fetches it and a job that sums up.

    The same message again (a replayed update) changes nothing and answers the same. The first file begins the scan
    step. Until the kits are said to be filled a file is a test scan. Raises Refusal for people who send no scans,
    outside the event's window and after the finish.
    """

    def __init__(
        self, session: AsyncSession, clock: Clock, jobs: Jobs, progress: Progress, limit: ChatLimit = OF_THE_CLOUD
    ) -> None:
        self.session = session
        self.clock = clock
        self.jobs = jobs
        self.progress = progress
        self.limit = limit

    async def __call__(self, person: Person | None, file: IncomingFile, opened: int | None = None) -> Received:
        college = await ChooseCollege(self.session)(person, opened)
        if person is None or college is None:
            return WhichCollege(await participations_of(self.session, person) if person else [])
        await self.into(person, college, file)
        if self.is_too_large(file):
            return TooLarge(clean_name(file.name), file.size or 0, college.participation.id, self.limit.largest)
        return Announced()

    async def into(self, person: Person, college: ParticipationView, file: IncomingFile) -> Submission:
        """Notes a file for this very college; a file that is stored already is not fetched. Raises as the call does."""
        participation = await lock_participation(self.session, college.participation.id)
        await Access(self.session).require(person, Deed.WORK, participation)
        require_open(participation, college, self.clock.now(), load_texts(person.language))
        return await self.noted_before(file) or await self.announce(person, participation, file)

    async def announce(self, person: Person, participation: Participation, file: IncomingFile) -> Submission:
        batch = await self.open_batch(person, participation)
        is_test = not await is_filled(self.session, participation)
        submission = Submission(**self.noted(person, batch, file), is_test=is_test)
        self.session.add(submission)
        await self.session.flush()
        batch.last_file_at = self.clock.now()
        await self.begin_step(participation)
        await self.sum_up_later(batch)
        if file.stored is None and not self.is_too_large(file):
            await self.jobs.enqueue(self.session, "fetch_file", f"fetch-{submission.id}", submission=submission.id)
        if not self.is_too_large(file):
            await self.progress.announced(batch, file.origin.chat, person.language, is_test=is_test)
        return submission

    async def noted_before(self, file: IncomingFile) -> Submission | None:
        same = select(Submission).where(Submission.source == file.source, Submission.origin == str(file.origin))
        return await self.session.scalar(same)

    async def open_batch(self, person: Person, participation: Participation) -> Batch:
        """The person's open batch; the partial unique index lets only one exist."""
        now = self.clock.now()
        await insert_once(
            self.session,
            Batch,
            participation_id=participation.id,
            person_id=person.id,
            opened_at=now,
            last_file_at=now,
        )
        is_own = (Batch.participation_id == participation.id) & (Batch.person_id == person.id)
        return (await self.session.scalars(select(Batch).where(is_own, Batch.state == "open"))).one()

    def noted(self, person: Person, batch: Batch, file: IncomingFile) -> dict[str, object]:
        refused = {
            "state": SubmissionState.REFUSED,
            "refusal": FileError.FILE_TOO_LARGE,
            "refusal_detail": {AT_ONCE: True},
            "settled_at": self.clock.now(),
        }
        return {
            "participation_id": batch.participation_id,
            "batch_id": batch.id,
            "person_id": person.id,
            "source": file.source,
            "origin": str(file.origin),
            "bot_id": file.origin.bot_id,
            "remote_id": file.remote_id,
            "kind": file.kind,
            "name": clean_name(file.name),
            "size": file.size,
            "announced_at": self.clock.now(),
            **(refused if self.is_too_large(file) else {}),
        }

    def is_too_large(self, file: IncomingFile) -> bool:
        return file.source == CHAT and file.size is not None and file.size > self.limit.largest

    async def begin_step(self, participation: Participation) -> None:
        participation.started_at = participation.started_at or self.clock.now()
        await insert_once(self.session, ChecklistStep, participation_id=participation.id, step=SCAN_STEP, state="begun")

    async def sum_up_later(self, batch: Batch) -> None:
        due = batch.last_file_at + QUIET
        await self.jobs.enqueue(
            self.session,
            "close_batch",
            f"close-batch-{batch.id}-{due.timestamp():.3f}",
            delay_s=QUIET.total_seconds(),
            batch=batch.id,
        )


def is_told_at_once(submission: Submission) -> bool:
    """True where the person was answered before any download: the file was announced as too large."""
    return submission.state == SubmissionState.REFUSED and AT_ONCE in (submission.refusal_detail or {})
