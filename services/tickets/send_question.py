"""Sends support the words that a person wrote before they were asked for any."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.conversation.awaited import UNASKED, awaited_by
from services.db.clock import Clock
from services.events.queries import participations_of
from services.tickets.about import QUESTION
from services.tickets.ask_support import AskSupport
from services.tickets.begin_ticket import BeginTicket, Form
from services.tickets.queries import ticket_view
from services.tickets.rest_of_album import await_rest
from services.tickets.say_in_ticket import SayInTicket
from services.tickets.view import TicketView
from services.tickets.words import Words


class SendQuestion:
    """Into an open ticket of theirs, or as a new one. Words that are gone (another question was answered meanwhile) are
    asked for again. Raises Forbidden for tickets of others.
    """

    def __init__(
        self, session: AsyncSession, clock: Clock, ask: AskSupport, say: SayInTicket, begin: BeginTicket
    ) -> None:
        self.session = session
        self.clock = clock
        self.ask = ask
        self.say = say
        self.begin = begin

    async def __call__(self, person: Person, account: Account, number: int) -> TicketView | Form:
        """`number` is the ticket they are for, 0 for a new one."""
        kept = await awaited_by(self.session, account.id)
        words = Words(**kept.detail) if kept is not None and kept.what == UNASKED else None
        if words is None:
            return await self.begin(person, account, await self.college(person), "")
        if number:
            return (await self.say(person, account, number, words))[0]
        ticket = await self.ask.open(person, await self.college(person) or None, QUESTION, {}, words)
        await await_rest(self.session, self.clock, account, ticket, words)
        return await ticket_view(self.session, ticket, self.clock.now())

    async def college(self, person: Person) -> int:
        """The person's college; 0 where they have several or none."""
        own = await participations_of(self.session, person)
        return own[0].participation.id if len(own) == 1 else 0
