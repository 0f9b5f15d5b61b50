"""Asks for more words for a ticket: an answer, or an addition."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.conversation.awaited import await_text
from services.conversation.refusal import Forbidden
from services.db.clock import Clock
from services.tickets import awaiting
from services.tickets.models import Side
from services.tickets.own import enter
from services.tickets.queries import ticket_view
from services.tickets.view import TicketView


class AwaitWords:
    """The next message of this account goes into the ticket. Raises Forbidden for tickets of others."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, person: Person | None, account: Account | None, number: int) -> tuple[TicketView, Side]:
        ticket, side = await enter(self.session, person, number)
        if account is None:
            raise Forbidden
        await await_text(self.session, self.clock, account.id, awaiting.MORE, detail={"ticket": ticket.id})
        return await ticket_view(self.session, ticket, self.clock.now()), side
