"""Shows a ticket to its person, or to support."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.db.clock import Clock
from services.tickets.models import Side
from services.tickets.own import enter
from services.tickets.queries import ticket_view
from services.tickets.view import TicketView


class ShowTicket:
    """Reads only. Raises Forbidden for tickets of others."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, person: Person | None, number: int) -> tuple[TicketView, Side]:
        ticket, side = await enter(self.session, person, number)
        return await ticket_view(self.session, ticket, self.clock.now()), side
