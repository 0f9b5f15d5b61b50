"""Takes the PDF of a college's kits from its coordinator."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Account, Person
from services.conversation.awaited import await_text
from services.conversation.refusal import Refusal
from services.db.clock import Clock
from services.events.queries import ParticipationView, lock_participation, participation_view
from services.jobs.jobs import Jobs
from services.submissions.names import clean_name
from services.submissions.receipt import OF_THE_CLOUD, PHOTO, ChatLimit, IncomingFile

PRINT_FILE = "print_file"
"""What the awaited document is."""


@dataclass(frozen=True, slots=True)
class PrintFileWanted:
    """The document is awaited."""

    college: ParticipationView


@dataclass(frozen=True, slots=True)
class PrintFileTaken:
    """The document is on its way; what its symbols give is told later."""

    college: ParticipationView
    name: str


class SendPrintFile:
    """Waits for the document and queues the job that reads it; several may follow until a button is pressed.

    A replayed update queues nothing anew. Raises Forbidden and Refusal.
    """

    def __init__(self, session: AsyncSession, clock: Clock, jobs: Jobs, limit: ChatLimit = OF_THE_CLOUD) -> None:
        self.session = session
        self.clock = clock
        self.jobs = jobs
        self.limit = limit

    async def begin(self, person: Person, account: Account | None, participation_id: int) -> PrintFileWanted:
        college = await self.enter(person, participation_id)
        if account is not None:
            await await_text(self.session, self.clock, account.id, PRINT_FILE, participation_id=participation_id)
        return PrintFileWanted(college)

    async def __call__(self, person: Person, participation_id: int, file: IncomingFile) -> PrintFileTaken:
        college = await self.enter(person, participation_id)
        if file.kind == PHOTO:
            raise Refusal("print.refused.photo")
        if file.size is not None and file.size > self.limit.largest:
            raise Refusal("print.refused.too_large", limit=self.limit.largest >> 20)
        name = clean_name(file.name)
        await self.jobs.enqueue(
            self.session,
            "attach_print_file",
            f"print-file-{file.origin}",
            participation=participation_id,
            person=person.id,
            bot=file.origin.bot_id,
            remote=file.remote_id,
            file_name=name,
        )
        return PrintFileTaken(college, name)

    async def enter(self, person: Person, participation_id: int) -> ParticipationView:
        await lock_participation(self.session, participation_id)
        college = await participation_view(self.session, participation_id)
        await Access(self.session).require(person, Deed.DECIDE, college.participation)
        if college.participation.finished_at is not None:
            raise Refusal("review.refused.finished")
        return college
