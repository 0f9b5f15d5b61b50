"""Somebody says more in a ticket: its person, or support."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.conversation.refusal import Forbidden
from services.db.clock import Clock
from services.outbox.outbox import Outbox
from services.tickets.models import Side, TicketMessage
from services.tickets.own import enter
from services.tickets.queries import ticket_view
from services.tickets.rest_of_album import await_rest
from services.tickets.tell import TellTicket
from services.tickets.view import TicketView
from services.tickets.words import Words


class SayInTicket:
    """Kept and passed to the other side; a closed ticket opens again. The same message again adds nothing.

    Raises Forbidden for tickets of others.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(
        self, person: Person | None, account: Account | None, number: int, words: Words
    ) -> tuple[TicketView, Side]:
        ticket, side = await enter(self.session, person, number)
        if person is None or account is None:
            raise Forbidden
        said = TicketMessage(
            side=side,
            person_id=person.id,
            text=words.text,
            attachment=dict(words.attachment),
            origin=words.origin,
        )
        await TellTicket(self.session, self.clock, self.outbox)(ticket, said)
        await await_rest(self.session, self.clock, account, ticket, words)
        return await ticket_view(self.session, ticket, self.clock.now()), side
