"""Reads the PDF that a coordinator has sent, and attaches it to the college where it is sound."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from recognition.form import Form, load_form
from recognition.pool import Pool
from services.accounts.models import Person
from services.accounts.queries import chats_of
from services.db.clock import Clock
from services.db.database import Database
from services.db.insert import insert_once
from services.events.load_event import SENT
from services.events.models import Event, Material, Participation
from services.events.queries import lock_participation, participation_view
from services.files.media_type import media_type
from services.files.remember import remember_stored
from services.files.store import FileStore, StoredFile
from services.jobs.jobs import Jobs
from services.kits.issued import PrintFault, Unfit
from services.kits.issued_reading import Reading, kept
from services.kits.issued_screens import print_file_read
from services.kits.read_print_file import ReadPrintFile
from services.kits.register_issued import RegisterIssued
from services.outbox.outbox import Outbox
from services.submissions.count_expected import CountExpected
from services.telegram.gateway import BotGateway, Gone, Later, TooBig
from services.texts import load_texts

MOST_ATTEMPTS = 12
LETTERS_OF_HASH = 12


@dataclass(frozen=True, slots=True)
class Sent:
    """Whose file it is, who sent it, and how the messenger calls it."""

    participation: int
    person: int
    bot: int
    remote: str
    name: str


class AttachPrintFile:
    """Fetch, read, register, attach, count, tell. Runs again after a kill and then changes nothing twice: bytes are
    stored by their content, the material has that content as its key, and the answer goes out once a file.

    A file with a fault is not attached: nobody is to print it.
    """

    def __init__(
        self, database: Database, clock: Clock, store: FileStore, pool: Pool, gateway: BotGateway, jobs: Jobs
    ) -> None:
        self.database = database
        self.clock = clock
        self.store = store
        self.gateway = gateway
        self.jobs = jobs
        self.read = ReadPrintFile(store, pool)
        self.count_expected = CountExpected(database, clock, store, pool)

    async def __call__(
        self, participation: int, person: int, bot: int, remote: str, file_name: str, attempt: int = 1
    ) -> None:
        sent = Sent(participation, person, bot, remote, file_name)
        try:
            stored, kind = await self.fetch(sent)
        except TooBig:
            await self.tell(sent, Unfit(PrintFault.TOO_LARGE), remote)
        except Gone:
            await self.tell(sent, Unfit(PrintFault.GONE), remote)
        except Later as later:
            await self.again(sent, attempt, later.retry_after)
        else:
            await self.take(sent, stored, kind)

    async def fetch(self, sent: Sent) -> tuple[StoredFile, str]:
        async with self.store.scratch() as path:
            await self.gateway.download(sent.bot, sent.remote, path)
            return await self.store.put(path), media_type(path)

    async def again(self, sent: Sent, attempt: int, wait_s: float) -> None:
        if attempt >= MOST_ATTEMPTS:
            await self.tell(sent, Unfit(PrintFault.GONE), sent.remote)
            return
        async with self.database.transaction() as session:
            await self.jobs.enqueue(
                session,
                "attach_print_file",
                f"print-file-{sent.remote[:64]}-{attempt + 1}",
                delay_s=max(wait_s, 2.0 ** min(attempt, 7)),
                participation=sent.participation,
                person=sent.person,
                bot=sent.bot,
                remote=sent.remote,
                file_name=sent.name,
                attempt=attempt + 1,
            )

    async def take(self, sent: Sent, stored: StoredFile, kind: str) -> None:
        form, code = await self.form_of(sent.participation)
        found = await self.read(stored.hash, form, code)
        async with self.database.transaction() as session:
            participation = await lock_participation(session, sent.participation)
            reading: Reading | Unfit
            if isinstance(found, Unfit):
                reading = found
            else:
                await remember_stored(session, self.clock, stored, kind)
                reading = await RegisterIssued(session, self.clock)(participation, stored.hash, found)
            if isinstance(reading, Reading):
                await self.attach(session, participation, sent, stored, reading)
        if isinstance(reading, Reading):
            await self.count_expected(sent.participation)
        await self.tell(sent, reading, stored.hash)

    async def form_of(self, participation_id: int) -> tuple[Form, str]:
        async with self.database.transaction() as session:
            participation = await session.get_one(Participation, participation_id)
            event = await session.get_one(Event, participation.event_id)
            return load_form(event.form), event.code

    async def attach(
        self, session: AsyncSession, participation: Participation, sent: Sent, stored: StoredFile, reading: Reading
    ) -> None:
        """A file that the college has from the event's file already is not handed out twice."""
        own = (
            select(Material.id)
            .where(Material.event_id == participation.event_id, Material.file_hash == stored.hash)
            .where(Material.organisation_id == participation.organisation_id)
        )
        if await session.scalar(own.limit(1)) is not None:
            return
        last = await session.scalar(
            select(func.max(Material.position)).where(Material.event_id == participation.event_id)
        )
        await insert_once(
            session,
            Material,
            event_id=participation.event_id,
            organisation_id=participation.organisation_id,
            key=f"{SENT}{stored.hash[:LETTERS_OF_HASH]}",
            title=sent.name,
            position=(last or 0) + 1,
            file_name=sent.name,
            file_hash=stored.hash,
            reading=kept(reading),
        )

    async def tell(self, sent: Sent, reading: Reading | Unfit, occasion: str) -> None:
        async with self.database.transaction() as session:
            person = await session.get_one(Person, sent.person)
            college = await participation_view(session, sent.participation)
            screen = print_file_read(load_texts(person.language), college, sent.name, reading)
            for chat in (await chats_of(session, person.id))[:1]:
                key = f"print-file-{sent.participation}-{occasion[:64]}-{sent.remote[:64]}"
                await Outbox(session, self.clock).say(chat, screen, key=key)
