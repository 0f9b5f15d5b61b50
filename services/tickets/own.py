"""Whose ticket it is: asked in every use case, each time, from the database."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.conversation.refusal import Forbidden
from services.tickets.models import Side, Ticket
from services.tickets.queries import lock_ticket, may_answer


async def enter(session: AsyncSession, person: Person | None, number: int) -> tuple[Ticket, Side]:
    """The ticket, locked until the transaction ends, and on which side of it the person stands.

    Raises Forbidden for everybody else, and where there is no such ticket: nobody learns which numbers exist.
    """
    ticket = await lock_ticket(session, number)
    if person is not None and person.id == ticket.person_id:
        return ticket, Side.PERSON
    if await may_answer(session, person, ticket):
        return ticket, Side.SUPPORT
    raise Forbidden
