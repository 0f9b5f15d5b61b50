"""Opens a ticket: by a person's question, or by an alarm of the product itself."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.audit.record import record
from services.db.clock import Clock
from services.outbox.outbox import Outbox
from services.tickets.models import Side, Ticket, TicketMessage
from services.tickets.queries import open_about
from services.tickets.tell import TellTicket


class OpenTicket:
    """The ticket, its first message, and its card in the private chat of everybody in support who serves the college.

    With a `cause` at most once: a second call returns the ticket of the first. Without one, a question about the same
    subject joins the person's open ticket. `text` is plain. Who may ask is the caller's business.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(
        self,
        person_id: int,
        reason: str,
        *,
        participation_id: int | None,
        subject: Mapping[str, Any],
        text: str = "",
        cause: str | None = None,
        side: Side = Side.PERSON,
        attachment: Mapping[str, Any] | None = None,
        origin: str | None = None,
    ) -> Ticket:
        """`attachment` and `origin` are those of the message that the words came in (`TicketMessage`)."""
        await self.one_at_a_time(person_id)
        ticket = Ticket(
            person_id=person_id,
            reason=reason,
            participation_id=participation_id,
            subject=dict(subject),
            cause=cause,
            opened_at=self.clock.now(),
        )
        known = await self.known(ticket)
        if known is not None and cause is not None:
            return known
        if known is None:
            await self.add(ticket)
        said = TicketMessage(side=side, text=text, attachment=dict(attachment or {}), origin=origin)
        said.person_id = person_id if side == Side.PERSON else None
        await TellTicket(self.session, self.clock, self.outbox)(known or ticket, said, first=known is None)
        return known or ticket

    async def one_at_a_time(self, person_id: int) -> None:
        """The person's row locked, so that two presses at one moment cannot open two tickets."""
        await self.session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))

    async def known(self, ticket: Ticket) -> Ticket | None:
        if ticket.cause is not None:
            return await self.session.scalar(select(Ticket).where(Ticket.cause == ticket.cause))
        return await open_about(self.session, ticket)

    async def add(self, ticket: Ticket) -> None:
        self.session.add(ticket)
        await self.session.flush()
        record(
            self.session,
            self.clock,
            "ticket.opened",
            person=await self.session.get(Person, ticket.person_id),
            participation_id=ticket.participation_id,
            ticket=ticket.id,
            reason=ticket.reason,
        )
