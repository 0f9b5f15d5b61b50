"""A person's words become a ticket."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Account, Person
from services.conversation.models import Awaited
from services.db.clock import Clock
from services.events.queries import participation_view
from services.tickets.about import QUESTION
from services.tickets.models import Ticket
from services.tickets.open_ticket import OpenTicket
from services.tickets.queries import ticket_view
from services.tickets.rest_of_album import await_rest
from services.tickets.view import TicketView
from services.tickets.words import Words


class AskSupport:
    """Opens the ticket that was begun. Raises Forbidden where the college is not the person's (any more)."""

    def __init__(self, session: AsyncSession, clock: Clock, open_ticket: OpenTicket) -> None:
        self.session = session
        self.clock = clock
        self.open_ticket = open_ticket

    async def __call__(self, person: Person, account: Account, awaited: Awaited, words: Words) -> TicketView:
        """`awaited` is what `BeginTicket` has left."""
        detail = awaited.detail
        reason, subject = str(detail.get("reason", QUESTION)), dict(detail.get("subject", {}))
        ticket = await self.open(person, awaited.participation_id, reason, subject, words)
        await await_rest(self.session, self.clock, account, ticket, words)
        return await ticket_view(self.session, ticket, self.clock.now())

    async def open(
        self, person: Person, participation_id: int | None, reason: str, subject: dict[str, Any], words: Words
    ) -> Ticket:
        if participation_id is not None:
            college = await participation_view(self.session, participation_id)
            await Access(self.session).require(person, Deed.SEE, college.participation)
        return await self.open_ticket(
            person.id,
            reason,
            participation_id=participation_id,
            subject=subject,
            text=words.text,
            attachment=words.attachment,
            origin=words.origin,
        )
