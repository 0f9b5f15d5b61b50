"""Checks a stored file: recognition in a child process, then the ledger, in one transaction."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from recognition.codes import PageProblem
from recognition.form import Form, load_form
from recognition.pool import Pool
from recognition.report import FileReport, PageReport
from services.accounts.models import Person
from services.db.clock import Clock
from services.db.database import Database
from services.events.models import Event
from services.events.queries import lock_participation, participation_view
from services.files.remember import remember_stored
from services.files.store import FileStore, StoredFile
from services.kits.count_pages import CountPages, Seen
from services.outbox.outbox import Outbox
from services.submissions.models import Page, Submission, SubmissionState
from services.submissions.origin import Origin
from services.submissions.progress import Progress
from services.submissions.settle import Settle
from services.texts import load_texts

log = structlog.get_logger(__name__)

MOST_PICTURES = 10
"""Pictures of bad pages in one file: as many as one album holds."""

MOST_ATTEMPTS = 5
"""Of one file, with growing pauses, about half a minute in all."""

PROGRESS_EVERY_S = 2.0
PICTURE_TYPE = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Task:
    """What has to be checked, read before recognition begins: no session is held while it works."""

    submission_id: int
    file_hash: str
    event_code: str
    form: Form
    language: str
    origin: Origin


@dataclass(slots=True)
class Count:
    """How many pages of the file are done, as recognition last said."""

    page: int = 0
    pages: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def on_page(self, page: int, pages: int) -> None:
        self.page, self.pages = page, pages


class CheckFile:
    """Turns a stored file into pages, credits and pictures.

    Runs again after a kill: only a submission that is still *stored* is checked, and all that follows from its pages is
    written together.
    """

    def __init__(self, database: Database, clock: Clock, store: FileStore, pool: Pool, settle: Settle) -> None:
        self.database = database
        self.clock = clock
        self.store = store
        self.pool = pool
        self.settle = settle

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
        report = await self.check(task)
        pictures = {index: await self.store.put(picture) for index, picture in report.pictures.items()}
        await self.record(task, report, pictures)

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
            )

    async def check(self, task: Task) -> FileReport:
        """Lets recognition look at the file while the person sees how far it is."""
        count = Count()
        async with self.store.local(task.file_hash) as path, asyncio.TaskGroup() as group:
            group.create_task(self.tell_progress(task, count))
            try:
                return await self.pool.check(
                    path,
                    task.form,
                    event=task.event_code,
                    labels=picture_labels(task.language),
                    pictures=MOST_PICTURES,
                    on_page=count.on_page,
                )
            finally:
                count.done.set()

    async def tell_progress(self, task: Task, count: Count) -> None:
        while not await happens(count.done, PROGRESS_EVERY_S):
            if count.pages:
                async with self.database.transaction() as session:
                    progress = Progress(session, Outbox(session, self.clock))
                    submission = await session.get_one(Submission, task.submission_id)
                    await progress.checking(submission, task.origin.chat, task.language, count.page, count.pages)

    async def record(self, task: Task, report: FileReport, pictures: Mapping[int, StoredFile]) -> None:
        """The pages, the ledger and the end of the submission: all or nothing."""
        if report.error is not None:
            await self.settle.refuse(task.submission_id, report.error, report.detail)
            return
        async with self.database.transaction() as session:
            submission = await session.get_one(Submission, task.submission_id)
            participation = await lock_participation(session, submission.participation_id)
            await session.refresh(submission)
            if submission.state != SubmissionState.STORED:
                return
            for picture in pictures.values():
                await remember_stored(session, self.clock, picture, PICTURE_TYPE)
            seen = await self.add_pages(session, submission, report, pictures, task.form)
            event = await session.get_one(Event, participation.event_id)
            await CountPages(session, self.clock)(participation, event, seen)
            await self.settle.settled(session, submission, SubmissionState.CHECKED)

    async def add_pages(
        self,
        session: AsyncSession,
        submission: Submission,
        report: FileReport,
        pictures: Mapping[int, StoredFile],
        form: Form,
    ) -> list[Seen]:
        seen = [
            Seen(page_row(submission.id, page, pictures.get(page.index)), page, page.pages or form.pages)
            for page in report.pages
        ]
        session.add_all(page.row for page in seen)
        await session.flush()
        return seen


def page_row(submission_id: int, page: PageReport, picture: StoredFile | None) -> Page:
    return Page(
        submission_id=submission_id,
        index=page.index,
        verdict=page.verdict,
        kit_number=page.kit,
        page_number=page.page,
        kind=page.kind,
        report=plain_report(page),
        picture_hash=picture.hash if picture else None,
    )


def plain_report(page: PageReport) -> dict[str, Any]:
    """A page's report as the database keeps it: lists for tuples, codes as they are."""
    return asdict(page)


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
