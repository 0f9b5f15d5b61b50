"""Lists tickets: a person's own, and those that support has before it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.conversation.refusal import Forbidden
from services.db.clock import Clock
from services.tickets.queries import TicketLine, is_support, open_tickets_for, tickets_of


@dataclass(frozen=True, slots=True)
class Desk:
    """Open tickets for somebody of support: those that wait for support first, the longest wait on top."""

    lines: tuple[TicketLine, ...]


class ListOwn:
    """A person's own tickets: open ones first."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def __call__(self, person: Person | None) -> tuple[TicketLine, ...]:
        if person is None:
            raise Forbidden
        return tuple(await tickets_of(self.session, person))


class ShowDesk:
    """None for people who are not of support."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, person: Person | None) -> Desk | None:
        if person is None or not await is_support(self.session, person):
            return None
        return Desk(tuple(await open_tickets_for(self.session, person)))
