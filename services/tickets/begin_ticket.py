"""Asks a person for the words of a new ticket."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Account, Person
from services.checklists.queries import walk_of
from services.checklists.walk import Walk
from services.conversation.awaited import await_text
from services.conversation.refusal import Forbidden
from services.db.clock import Clock
from services.events.queries import participation_view
from services.tickets import awaiting
from services.tickets.about import About, about
from services.tickets.models import Ticket
from services.tickets.queries import open_about, ticket_view
from services.tickets.view import Subject, TicketView


@dataclass(frozen=True, slots=True)
class Form:
    """The question is put. What the machine knows already the person need not write."""

    reason: str
    subject: Subject
    walk: Walk | None


class BeginTicket:
    """The next message of the person is the ticket's. Where they have an open ticket about the very same, that one.

    Raises Forbidden for a college that is not theirs.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(
        self, person: Person | None, account: Account | None, participation_id: int, argument: str
    ) -> Form | TicketView:
        """`argument` is the button's (`about`)."""
        if person is None or account is None:
            raise Forbidden
        asked = await self.about(person, participation_id, argument)
        same = await open_about(self.session, self.ticket(person, participation_id, asked))
        if same is not None:
            return await ticket_view(self.session, same, self.clock.now())
        await await_text(
            self.session,
            self.clock,
            account.id,
            awaiting.NEW,
            participation_id=participation_id or None,
            detail={"reason": asked.reason, "subject": dict(asked.subject)},
        )
        walk = await walk_of(self.session, participation_id, self.clock.now()) if participation_id else None
        return Form(asked.reason, Subject.of(asked.subject), walk)

    async def about(self, person: Person, participation_id: int, argument: str) -> About:
        if not participation_id:
            return About()
        college = await participation_view(self.session, participation_id)
        await Access(self.session).require(person, Deed.SEE, college.participation)
        return await about(self.session, college.participation, argument)

    def ticket(self, person: Person, participation_id: int, asked: About) -> Ticket:
        return Ticket(
            person_id=person.id,
            participation_id=participation_id or None,
            reason=asked.reason,
            subject=dict(asked.subject),
        )
