"""Closes a ticket: its person has what they need, or support says so."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.accounts.queries import chats_of
from services.audit.record import record
from services.db.clock import Clock
from services.outbox.outbox import Outbox, Priority
from services.texts import load_texts
from services.tickets.models import Side, Ticket, TicketState
from services.tickets.own import enter
from services.tickets.queries import support_for, ticket_view
from services.tickets.screens.closed import closed_for_person, closed_for_support
from services.tickets.view import TicketView


class CloseTicket:
    """The other side is told, once; a second press changes nothing. Raises Forbidden for tickets of others."""

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(self, person: Person | None, number: int) -> tuple[TicketView, Side]:
        ticket, side = await enter(self.session, person, number)
        if person is not None and ticket.state != TicketState.CLOSED:
            await self.close(ticket, person, side)
        return await ticket_view(self.session, ticket, self.clock.now()), side

    async def close(self, ticket: Ticket, person: Person, side: Side) -> None:
        ticket.state, ticket.closed_at = TicketState.CLOSED, self.clock.now()
        await self.session.flush()
        record(
            self.session,
            self.clock,
            "ticket.closed",
            person=person,
            participation_id=ticket.participation_id,
            ticket=ticket.id,
            side=side,
        )
        await self.tell(ticket, person, side)

    async def tell(self, ticket: Ticket, by: Person, side: Side) -> None:
        view = await ticket_view(self.session, ticket, self.clock.now())
        asker = await self.session.get_one(Person, ticket.person_id)
        if side == Side.SUPPORT:
            for chat in (await chats_of(self.session, asker.id))[:1]:
                screen = closed_for_person(load_texts(asker.language), view)
                await self.outbox.say(chat, screen, priority=Priority.NOTICE)
        for other in await support_for(self.session, ticket.participation_id):
            if other.id in (by.id, asker.id):
                continue
            for chat in (await chats_of(self.session, other.id))[:1]:
                screen = closed_for_support(load_texts(other.language), view, by.name)
                await self.outbox.say(chat, screen, priority=Priority.NOTICE)
