"""A college in an event, put into a database by hand, with a clock and jobs that a test drives."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from recognition.codes import PageProblem, PageQr, Severity, Verdict
from recognition.form import form_to_json, practice_form
from recognition.report import PageReport, Problem
from services.accounts.models import Account, Membership, Person, Role
from services.checklists.models import ChecklistStep
from services.db.clock import Clock
from services.db.database import Database, make_engine
from services.db.insert import insert_once
from services.events.models import Event, Participation
from services.events.queries import lock_participation
from services.files.models import File
from services.kits.count_pages import CountPages
from services.kits.models import Comparison
from services.kits.settle_places import SettlePlaces
from services.organisations.models import Organisation, Region
from services.submissions.models import Batch, Submission
from services.submissions.record_pages import page_row
from tests.planted import NAME, OTHER_NAME

BOT = 7
START = datetime(2026, 8, 27, 7, 0, tzinfo=UTC)
EVENT = "TEST26"
HASH = "a" * 64


class SetClock(Clock):
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def passes(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class HandJobs:
    """Jobs that wait until a test lets them run, in the order in which they are due; the same key only once."""

    clock: SetClock
    waiting: list[tuple[datetime, int, str, dict[str, Any]]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    async def enqueue(
        self, session: AsyncSession, name: str, key: str, *, delay_s: float = 0, **arguments: Any
    ) -> None:
        if key not in self.keys:
            self.keys.add(key)
            self.waiting.append((self.clock.now() + timedelta(seconds=delay_s), len(self.keys), name, arguments))

    @property
    def names(self) -> list[str]:
        return [name for _, _, name, _ in sorted(self.waiting, key=lambda job: job[:2])]

    async def run(self, kinds: Mapping[str, Callable[..., Awaitable[None]]]) -> None:
        """Runs what waits, moving the clock to each job's time; jobs without a kind are left."""
        while ready := sorted((job for job in self.waiting if job[2] in kinds), key=lambda job: job[:2]):
            due, _, name, arguments = ready[0]
            self.waiting.remove(ready[0])
            self.clock.at = max(self.clock.at, due)
            await kinds[name](**arguments)


@dataclass
class College:
    """One college of one region with a technician, and the ids of all of them."""

    database: Database
    clock: SetClock
    jobs: HandJobs
    event: int = 0
    region: int = 0
    organisation: int = 0
    participation: int = 0
    technician: int = 0
    files: int = 0

    async def declares(self, number: int | None) -> None:
        async with self.database.transaction() as session:
            participation = await lock_participation(session, self.participation)
            participation.declared = number
            await SettlePlaces(session, self.clock)(participation)

    async def fills(self) -> None:
        """Confirms that the kits are filled: what is sent from now on is no test."""
        async with self.database.transaction() as session:
            done = {"state": "done", "done_at": self.clock.now(), "evidence": {}}
            await insert_once(session, ChecklistStep, participation_id=self.participation, step="fill", **done)

    async def counts(self, *pages: PageReport, likeness: str = "same") -> list[str]:
        """Puts pages of one file through the ledger, in this order; the credit of each.

        `likeness` is what every comparison that the ledger asks for will show.
        """
        pages = tuple(replace(page, index=at) for at, page in enumerate(pages))
        async with self.database.transaction() as session:
            participation = await lock_participation(session, self.participation)
            event = await session.get_one(Event, self.event)
            rows = await self.rows(session, pages)
            count = CountPages(session, self.clock)
            while lacking := (await count(participation, event, rows)).lacking:
                session.add_all(Comparison(first_id=a, second_id=b, likeness=likeness, score=1.0) for a, b in lacking)
                await session.flush()
            return [row.credit for row in rows]

    async def rows(self, session: AsyncSession, pages: tuple[PageReport, ...]) -> list[Any]:
        self.files += 1
        now = self.clock.now()
        batch = Batch(
            participation_id=self.participation,
            person_id=self.technician,
            opened_at=now,
            last_file_at=now,
            state="summarised",
            summarised_at=now,
        )
        session.add(batch)
        await session.flush()
        submission = Submission(
            participation_id=self.participation,
            batch_id=batch.id,
            person_id=self.technician,
            source="chat",
            origin=f"{BOT}:{self.technician}:{1000 + self.files}",
            bot_id=BOT,
            remote_id="r",
            kind="document",
            name=f"scan-{self.files}.pdf",
            announced_at=now,
        )
        session.add(submission)
        await session.flush()
        rows = [page_row(submission.id, page, None) for page in pages]
        session.add_all(rows)
        await session.flush()
        return rows

    async def read(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Rows as a second session sees them."""
        async with self.database.transaction() as session:
            return [dict(row) for row in (await session.execute(text(sql), values)).mappings()]

    async def kits(self) -> dict[str, tuple[str, int | None]]:
        """State and place by number."""
        rows = await self.read("SELECT number, state, place FROM kit WHERE participation_id = :p", p=self.participation)
        return {row["number"]: (row["state"], row["place"]) for row in rows}

    async def neighbour(self, number: int = 2) -> "College":
        """Another college of the same event and region."""
        async with self.database.transaction() as session:
            other = College(
                self.database, self.clock, self.jobs, event=self.event, region=self.region, files=100 * number
            )
            await other.join(session, f"54-{number:03}", f"Аграрный колледж № {number}", OTHER_NAME)
            return other

    async def join(self, session: AsyncSession, code: str, name: str, technician: str) -> None:
        organisation = Organisation(region_id=self.region, code=code, name=name)
        person = Person(name=technician, created_at=self.clock.now())
        session.add_all([organisation, person])
        await session.flush()
        self.organisation, self.technician = organisation.id, person.id
        participation = Participation(event_id=self.event, organisation_id=organisation.id, variant=2)
        session.add_all([participation, self.account(person.id), self.role(Role.TECHNICIAN)])
        await session.flush()
        self.participation = participation.id

    def account(self, person_id: int) -> Account:
        return Account(person_id=person_id, bot_id=BOT, external_id=900 + person_id, chat_id=900 + person_id)

    def role(self, role: Role, person_id: int | None = None) -> Membership:
        scope = {"region_id": self.region} if role == Role.COORDINATOR else {"organisation_id": self.organisation}
        return Membership(person_id=person_id or self.technician, role=role, created_at=self.clock.now(), **scope)

    async def coordinator(self, name: str = OTHER_NAME, *, reachable: bool = True) -> int:
        """A coordinator of the region; the person's id."""
        async with self.database.transaction() as session:
            person = Person(name=name, created_at=self.clock.now())
            session.add(person)
            await session.flush()
            session.add(self.role(Role.COORDINATOR, person.id))
            if reachable:
                session.add(self.account(person.id))
            return person.id

    async def has_file(self, file_hash: str) -> None:
        """A stored file, as far as the database knows."""
        async with self.database.transaction() as session:
            session.add(File(hash=file_hash, size=1, media_type="application/pdf", stored_at=START))

    async def person(self, person_id: int | None = None) -> Person:
        async with self.database.transaction() as session:
            return await session.get_one(Person, person_id or self.technician)


async def open_college(database: Database, require: str = "all", pages: int = 4) -> College:
    """An event that is open at START, one region in Novosibirsk's zone, one college."""
    clock = SetClock()
    college = College(database, clock, HandJobs(clock))
    async with database.transaction() as session:
        event = Event(
            code=EVENT,
            title="Репетиция",
            kind="trial",
            opens_at=START - timedelta(days=1),
            closes_at=START + timedelta(days=2),
            default_participants=10,
            require=require,
            form=form_to_json(practice_form(pages)),
            contacts={"email": "help@example.org", "coordinators": {"54": {"name": "Ирина", "phone": "+7 383 000"}}},
        )
        region = Region(code="54", name="Учебная область", time_zone="Asia/Novosibirsk")
        session.add_all([event, region, File(hash=HASH, size=1, media_type="application/pdf", stored_at=START)])
        await session.flush()
        college.event, college.region = event.id, region.id
        await college.join(session, "54-007", "Колледж связи № 7", NAME)
    return college


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    engine = make_engine(database_url)
    yield Database(engine)
    await engine.dispose()


@pytest.fixture
async def college(database: Database) -> College:
    return await open_college(database)


def page(
    kit: str, number: int, *, index: int = 0, pages: int = 4, verdict: Verdict = Verdict.OK, event: str = EVENT
) -> PageReport:
    """A page whose identity was read."""
    kind = "answer_sheet" if number == 1 else "task"
    return PageReport(index, verdict, PageQr.OK, event, kit, number, pages, kind)


def kit(number: str, pages: int = 4) -> list[PageReport]:
    """All pages of one kit, sound."""
    return [page(number, at, index=at - 1, pages=pages) for at in range(1, pages + 1)]


def bad_page(index: int, code: PageProblem = PageProblem.QR_MISSING) -> PageReport:
    """A page that nobody can name."""
    return PageReport(index, Verdict.REJECTED, PageQr.MISSING, problems=(Problem(code, Severity.REJECTED),))
