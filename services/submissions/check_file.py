"""Checks a stored file: recognition in a child process, comparisons where a page was seen before, then the ledger."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import structlog

from recognition.codes import PageProblem
from recognition.form import Form, load_form
from recognition.pool import Pool
from recognition.report import FileReport
from recognition.verdict.dirty_glass import with_dirty_glass
from services.accounts.models import Person
from services.db.clock import Clock
from services.db.database import Database
from services.events.queries import participation_view
from services.files.store import FileStore
from services.kits.placement import Pair
from services.outbox.outbox import Chat, Outbox
from services.submissions.compare_scans import CompareScans
from services.submissions.models import Submission, SubmissionState
from services.submissions.origin import Origin
from services.submissions.progress import Progress
from services.submissions.record_pages import RecordPages, pages_of
from services.submissions.settle import Settle
from services.texts import load_texts

log = structlog.get_logger(__name__)

MOST_PICTURES = 10
"""Pictures of bad pages in one file: as many as one album holds."""

MOST_ATTEMPTS = 5
"""Of one file, with growing pauses, about half a minute in all."""

MOST_ROUNDS = 8
"""Of comparing. Each page needs one per sheet known to carry its number, and more than two of those are rare."""

PROGRESS_EVERY_S = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """What has to be checked, read before recognition begins: no session is held while it works."""

    submission_id: int
    file_hash: str
    event_code: str
    form: Form
    language: str
    origin: Origin
    is_read: bool
    """True where a run before this one has kept the pages and was killed before they counted."""


Result = TypeVar("Result")
Heard = Callable[[int, int], None]
Tell = Callable[[Progress, Submission, Chat, str, int, int], Awaitable[None]]


@dataclass(slots=True)
class Count:
    """How many pages of the file are checked, or met their earlier scans, as recognition last said."""

    one: int = 0
    of: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, one: int, of: int) -> None:
        self.one, self.of = one, of


class CheckFile:
    """Turns a stored file into pages, credits and pictures.

    Runs again after a kill: only a submission that is still *stored* is checked, pages that are there are not read
    again, and all that follows from them is written together.
    """

    def __init__(self, database: Database, clock: Clock, store: FileStore, pool: Pool, settle: Settle) -> None:
        self.database = database
        self.clock = clock
        self.store = store
        self.pool = pool
        self.settle = settle
        self.record = RecordPages(database, clock, settle)
        self.compare = CompareScans(database, clock, store, pool)

    async def __call__(self, submission: int, attempt: int = 1) -> None:
        try:
            await self.check_and_record(submission)
        except Exception:  # the job's edge: whatever a file does to us, its sender gets an answer
            log.exception("submission.not_checked", submission=submission, attempt=attempt)
            await self.again(submission, attempt)

    async def again(self, submission_id: int, attempt: int) -> None:
        """Queues the next attempt, or gives up and says so. The engine itself waits for a database that is away."""
        if attempt >= MOST_ATTEMPTS:
            await self.settle.refuse(submission_id, "not_checked")
            return
        async with self.database.transaction() as session:
            await self.settle.jobs.enqueue(
                session,
                "check_file",
                f"check-{submission_id}-{attempt + 1}",
                delay_s=2.0**attempt,
                submission=submission_id,
                attempt=attempt + 1,
            )

    async def check_and_record(self, submission_id: int) -> None:
        task = await self.task(submission_id)
        if task is None:
            return
        if not task.is_read:
            report = await self.check(task)
            if report.error is not None:
                await self.settle.refuse(task.submission_id, report.error, report.detail)
                return
            pictures = {index: await self.store.put(picture) for index, picture in report.pictures.items()}
            told = replace(report, pages=tuple(with_dirty_glass(report.pages)))
            await self.record.keep(task.submission_id, told, pictures)
        await self.count(task)

    async def count(self, task: Task) -> None:
        """Until every page has met the scans it must be compared with. Others may count while scans are compared: what
        is lacking then is compared in the next round.
        """
        for _round in range(MOST_ROUNDS):
            pairs = await self.record.count(task.submission_id)
            if not pairs:
                return
            await self.compare_told(task, pairs)
        await self.record.count(task.submission_id, anyway=True)

    async def task(self, submission_id: int) -> Task | None:
        async with self.database.transaction() as session:
            submission = await session.get_one(Submission, submission_id)
            if submission.state != SubmissionState.STORED:
                return None
            view = await participation_view(session, submission.participation_id)
            return Task(
                submission_id=submission_id,
                file_hash=submission.file_hash or "",
                event_code=view.event.code,
                form=load_form(view.event.form),
                language=(await session.get_one(Person, submission.person_id)).language,
                origin=Origin.parse(submission.origin),
                is_read=bool(await pages_of(session, submission_id)),
            )

    async def check(self, task: Task) -> FileReport:
        """Lets recognition look at the file while the person sees how far it is."""
        async with self.store.local(task.file_hash) as path:
            return await self.told(
                task,
                Progress.checking,
                lambda heard: self.pool.check(
                    path,
                    task.form,
                    event=task.event_code,
                    labels=picture_labels(task.language),
                    pictures=MOST_PICTURES,
                    on_page=heard,
                ),
            )

    async def compare_told(self, task: Task, pairs: Sequence[Pair]) -> None:
        """Compares while the person sees how far it is: a file sent twice is compared page by page."""
        await self.told(task, Progress.comparing, lambda heard: self.compare(pairs, task.form, heard))

    async def told(self, task: Task, tell: Tell, work: Callable[[Heard], Awaitable[Result]]) -> Result:
        """Does the work, and puts what it says of its progress into the chat."""
        count = Count()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.tell_progress(task, tell, count))
            try:
                return await work(count.hear)
            finally:
                count.done.set()

    async def tell_progress(self, task: Task, tell: Tell, count: Count) -> None:
        while not await happens(count.done, PROGRESS_EVERY_S):
            if count.of:
                async with self.database.transaction() as session:
                    progress = Progress(session, Outbox(session, self.clock))
                    submission = await session.get_one(Submission, task.submission_id)
                    await tell(progress, submission, task.origin.chat, task.language, count.one, count.of)


def picture_labels(language: str) -> dict[str, str]:
    """The short words that recognition draws on its pictures, by problem code."""
    texts = load_texts(language)
    keys = {code: f"problem.{code}.label" for code in PageProblem}
    return {str(code): texts(key) for code, key in keys.items() if texts.has(key)}


async def happens(event: asyncio.Event, within_s: float) -> bool:
    """True once the event happens; False where it did not within so many seconds."""
    try:
        await asyncio.wait_for(event.wait(), within_s)
    except TimeoutError:
        return False
    return True
