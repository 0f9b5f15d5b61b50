"""The use cases of the checklist, each call in a transaction of its own, as an update has it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.checklists.answer_check_item import AnswerCheckItem, Asked
from services.checklists.complete_step import CompleteStep
from services.checklists.finish import Finish, Finished, NotYet
from services.checklists.open_step import Opened, OpenStep
from services.checklists.queries import walk_of
from services.checklists.report_self import ReportSelf
from services.checklists.send_materials import HandedOut, SendMaterials
from services.checklists.set_participants import NotSet, SetParticipants
from services.checklists.undo_step import UndoStep
from services.checklists.walk import Walk
from services.kits.settle_places import SettlePlaces
from services.notices.completed import TellCompleted
from services.outbox.outbox import Outbox
from tests.kits.college import College, kit


@dataclass
class Desk:
    """One technician at one college; `who` may be somebody else's id."""

    college: College
    who: int | None = None

    @property
    def at(self) -> int:
        return self.college.participation

    async def people(self, session: AsyncSession) -> tuple[Person, Account]:
        person_id = self.who or self.college.technician
        account = (await session.scalars(select(Account).where(Account.person_id == person_id))).one()
        return await session.get_one(Person, person_id), account

    async def opens(self, step: str = "") -> Opened:
        async with self.college.database.transaction() as session:
            person, account = await self.people(session)
            return await OpenStep(session, self.college.clock)(person, account, self.at, step)

    async def marks(self, step: str, *, knowingly: bool = False) -> Opened:
        async with self.college.database.transaction() as session:
            person, account = await self.people(session)
            complete = CompleteStep(session, self.college.clock)
            return await complete(person, account, self.at, step, knowingly=knowingly)

    async def undoes(self, step: str) -> Opened:
        async with self.college.database.transaction() as session:
            person, _ = await self.people(session)
            return await UndoStep(session, self.college.clock)(person, self.at, step)

    async def answers(self, item: str, answer: str) -> Asked | None:
        async with self.college.database.transaction() as session:
            person, _ = await self.people(session)
            return await AnswerCheckItem(session, self.college.clock)(person, self.at, item, answer)

    async def declares(self, text: str) -> Opened | NotSet:
        async with self.college.database.transaction() as session:
            person, account = await self.people(session)
            settle = SettlePlaces(session, self.college.clock)
            return await SetParticipants(session, self.college.clock, settle)(person, account, self.at, text)

    async def gets_files(self, times: str) -> HandedOut:
        async with self.college.database.transaction() as session:
            person, _ = await self.people(session)
            return await SendMaterials(session, self.college.clock)(person, self.at, times)

    async def finishes(self) -> Finished | NotYet:
        async with self.college.database.transaction() as session:
            person, _ = await self.people(session)
            clock = self.college.clock
            tell = TellCompleted(session, clock, Outbox(session, clock))
            return await Finish(session, clock, tell)(person, self.at)

    async def reports(self) -> Opened:
        async with self.college.database.transaction() as session:
            person, _ = await self.people(session)
            return await ReportSelf(session, self.college.clock)(person, self.at)

    async def walk(self) -> Walk:
        """As a second session reads it."""
        async with self.college.database.transaction() as session:
            return await walk_of(session, self.at, self.college.clock.now())

    async def scans(self, *numbers: str) -> None:
        for number in numbers:
            await self.college.counts(*kit(number))

    async def rows(self, table: str) -> list[dict[str, Any]]:
        return await self.college.read(f"SELECT * FROM {table}")
