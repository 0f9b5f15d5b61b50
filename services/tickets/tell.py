"""Adds words to a ticket and sees that those who must read them get them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.accounts.queries import chats_of
from services.db.clock import Clock
from services.outbox.outbox import Outbox, Priority
from services.texts import load_texts
from services.tickets.mark import Mark
from services.tickets.models import Side, Ticket, TicketDelivery, TicketMessage, TicketState
from services.tickets.queries import support_for, ticket_view
from services.tickets.screens.message import to_person, to_support
from services.tickets.view import TicketView

SETTLED_JOB = "ticket_settled"
UNREACHABLE = "unreachable"


class TellTicket:
    """One message: kept, queued for each receiver with a row of its delivery, and marked for its speaker.

    What a person writes goes to all of support who serve the college; what support answers, to the person, and to the
    others of support, so that they see who answers. Words of people after the end open the ticket again; those of the
    product change nobody's turn. A message that has come before, by its `origin`, is returned as it was kept.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(self, ticket: Ticket, said: TicketMessage, *, first: bool = False) -> TicketMessage:
        if said.origin is not None:
            known = await self.session.scalar(select(TicketMessage).where(TicketMessage.origin == said.origin))
            if known is not None:
                return known
        said.ticket_id, said.at = ticket.id, self.clock.now()
        self.session.add(said)
        again = turn(ticket, Side(said.side))
        await self.session.flush()
        view = await ticket_view(self.session, ticket, self.clock.now())
        for person in await self.receivers(ticket, said):
            await self.send(view, said, person, is_asker=person.id == ticket.person_id, first=first, again=again)
        await Mark(self.session, self.clock, self.outbox)(said)
        return said

    async def receivers(self, ticket: Ticket, said: TicketMessage) -> Sequence[Person]:
        """Nobody gets their own words."""
        people = await support_for(self.session, ticket.participation_id)
        asker = await self.session.get_one(Person, ticket.person_id)
        others = [person for person in people if person.id != asker.id]
        return [one for one in ([asker] if said.side == Side.SUPPORT else []) + others if one.id != said.person_id]

    async def send(
        self, view: TicketView, said: TicketMessage, person: Person, *, is_asker: bool, first: bool, again: bool
    ) -> None:
        """To the person's oldest account that can be reached; the fate of the last message is that of the words."""
        delivery = TicketDelivery(message_id=said.id, person_id=person.id)
        self.session.add(delivery)
        chats = await chats_of(self.session, person.id)
        if not chats:
            delivery.failure = UNREACHABLE
            await self.session.flush()
            return
        texts, words = load_texts(person.language), view.messages[-1]
        if is_asker:
            *before, last = to_person(texts, view, words, chats[0].bot_id)
        else:
            *before, last = to_support(texts, view, words, chats[0].bot_id, first=first, again=again)
        key = f"ticket-{said.id}-{person.id}"
        for number, screen in enumerate(before):
            await self.outbox.say(chats[0], screen, priority=Priority.NOTICE, key=f"{key}-{number}")
        message = await self.outbox.say(chats[0], last, priority=Priority.NOTICE, key=key, then_job=SETTLED_JOB)
        delivery.outbox_id = message.id
        await self.session.flush()


def turn(ticket: Ticket, side: Side) -> bool:
    """Whose turn it is now; true where the ticket was closed and is open again."""
    if side == Side.PRODUCT:
        return False
    again = ticket.closed_at is not None
    ticket.state = TicketState.WAITS_FOR_PERSON if side == Side.SUPPORT else TicketState.WAITS_FOR_SUPPORT
    ticket.closed_at = None
    return again
