"""The use cases of tickets, each call in a transaction of its own; only the messenger's answers are given by hand."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from services.accounts.models import Account, Membership, Person, Role
from services.conversation.screen import Screen, from_json
from services.outbox.outbox import Outbox
from services.outbox.queue import OutboxQueue
from services.tickets.models import Ticket
from services.tickets.open_ticket import OpenTicket
from services.tickets.settle_delivery import SettleDelivery
from tests.kits.college import College
from tests.planted import OTHER_NAME
from tests.submissions.html import visible
from tests.submissions.jobs import as_json


@dataclass
class Desk:
    """A college's technician, and support."""

    college: College

    async def joins(self, name: str = OTHER_NAME, *, reachable: bool = True, **scope: int) -> int:
        """Somebody new in support; the person's id."""
        async with self.college.database.transaction() as session:
            person = Person(name=name, created_at=self.college.clock.now())
            session.add(person)
            await session.flush()
            session.add(self.college.account(person.id))
            session.add(
                Membership(person_id=person.id, role=Role.SUPPORT, created_at=self.college.clock.now(), **scope)
            )
            await session.flush()
            if not reachable:
                blocked = update(Account).where(Account.person_id == person.id)
                await session.execute(blocked.values(unreachable_since=self.college.clock.now()))
            return person.id

    async def opens(self, reason: str = "question", subject: dict[str, Any] | None = None, **how: Any) -> Ticket:
        async with self.college.database.transaction() as session:
            open_ticket = OpenTicket(session, self.college.clock, Outbox(session, self.college.clock))
            how = {"participation_id": self.college.participation, "text": "Как быть?", **how}
            return await open_ticket(self.college.technician, reason, subject=subject or {}, **how)

    async def chat(self, person: int) -> list[Screen]:
        """All that was queued for a person, in its order."""
        rows = await self.college.read("SELECT screen FROM outbox WHERE chat_id = :c ORDER BY id", c=900 + person)
        return [from_json(as_json(row["screen"])) for row in rows]

    async def words(self, person: int) -> list[str]:
        return [visible(screen.text).replace("\u00a0", " ") for screen in await self.chat(person)]

    async def messenger_answers(self, person: int, failure: str | None = None) -> None:
        """To all that waits for a person: it has arrived, or why it never will."""
        queue = OutboxQueue(self.college.database, self.college.clock, self.college.jobs, "slot-1")  # type: ignore[arg-type]
        waiting = "SELECT id FROM outbox WHERE chat_id = :c AND state = 'new' ORDER BY id"
        for number, row in enumerate(await self.college.read(waiting, c=900 + person)):
            if failure is None:
                await queue.sent(row["id"], 1000 + row["id"] + number)
            else:
                await queue.failed(row["id"], failure)
        await self.college.jobs.run({"ticket_settled": SettleDelivery(self.college.database, self.college.clock)})
