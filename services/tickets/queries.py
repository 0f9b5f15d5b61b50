"""Reads of tickets, and of the people who answer them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import current_memberships
from services.accounts.models import Membership, Person, Role
from services.checklists.queries import walk_of
from services.conversation.refusal import Forbidden
from services.events.models import Participation
from services.organisations.models import Organisation
from services.tickets.models import Side, Ticket, TicketMessage, TicketState
from services.tickets.view import Said, Subject, TicketView


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A ticket in a list. `waits_since` is when its last words were said."""

    number: int
    state: TicketState
    reason: str
    subject: Subject
    college: str
    waits_since: datetime


async def lock_ticket(session: AsyncSession, number: int) -> Ticket:
    """The ticket as it stands now, locked until the transaction ends. Raises Forbidden where there is none."""
    ticket = await session.scalar(
        select(Ticket).where(Ticket.id == number).with_for_update().execution_options(populate_existing=True)
    )
    if ticket is None:
        raise Forbidden
    return ticket


async def support_for(session: AsyncSession, participation_id: int | None) -> Sequence[Person]:
    """The people of support who serve a college: everybody's, its region's, its event's. Oldest first."""
    wanted = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.role == Role.SUPPORT, Membership.revoked_at.is_(None))
        .where(await serves(session, participation_id))
        .group_by(Person.id)
        .order_by(Person.id)
    )
    return (await session.scalars(wanted)).all()


async def serves(session: AsyncSession, participation_id: int | None) -> ColumnElement[bool]:
    """Whose membership of support covers a college; what is about no college is for those who serve everybody."""
    place = None
    if participation_id is not None:
        place = (
            await session.execute(
                select(Organisation.region_id, Participation.event_id)
                .join(Participation, Participation.organisation_id == Organisation.id)
                .where(Participation.id == participation_id)
            )
        ).one()
    region = Membership.region_id.is_(None)
    event = Membership.event_id.is_(None)
    if place is None:
        return and_(region, event)
    return and_(or_(region, Membership.region_id == place[0]), or_(event, Membership.event_id == place[1]))


async def may_answer(session: AsyncSession, person: Person | None, ticket: Ticket) -> bool:
    """True for those of support who serve the ticket's college."""
    if person is None:
        return False
    return any(one.id == person.id for one in await support_for(session, ticket.participation_id))


async def is_support(session: AsyncSession, person: Person | None) -> bool:
    if person is None:
        return False
    held = current_memberships().where(Membership.person_id == person.id, Membership.role == Role.SUPPORT)
    return await session.scalar(held.limit(1)) is not None


async def open_about(session: AsyncSession, ticket: Ticket) -> Ticket | None:
    """The person's open ticket about the very same subject."""
    same = (
        select(Ticket)
        .where(Ticket.person_id == ticket.person_id, Ticket.reason == ticket.reason)
        .where(Ticket.participation_id.is_not_distinct_from(ticket.participation_id))
        .where(Ticket.state != TicketState.CLOSED, Ticket.cause.is_(None))
        .order_by(Ticket.id)
    )
    return next((one for one in await session.scalars(same) if one.subject == ticket.subject), None)


async def ticket_view(session: AsyncSession, ticket: Ticket, now: datetime) -> TicketView:
    """A ticket with all that its screens show."""
    return TicketView(
        number=ticket.id,
        state=TicketState(ticket.state),
        reason=ticket.reason,
        subject=Subject.of(ticket.subject),
        person=(await session.get_one(Person, ticket.person_id)).name,
        opened_at=ticket.opened_at,
        walk=await walk_of(session, ticket.participation_id, now) if ticket.participation_id else None,
        messages=await messages_of(session, ticket.id),
    )


async def messages_of(session: AsyncSession, ticket_id: int) -> tuple[Said, ...]:
    rows = await session.execute(
        select(TicketMessage, Person.name)
        .outerjoin(Person, Person.id == TicketMessage.person_id)
        .where(TicketMessage.ticket_id == ticket_id)
        .order_by(TicketMessage.id)
    )
    return tuple(
        Said(message.id, Side(message.side), name or "", message.text, message.at, message.attachment)
        for message, name in rows
    )


async def tickets_of(session: AsyncSession, person: Person) -> list[TicketLine]:
    """A person's own tickets: open ones first, then the newest."""
    own = lines().where(Ticket.person_id == person.id).order_by(Ticket.state == TicketState.CLOSED, Ticket.id.desc())
    return [line_of(*row) for row in await session.execute(own)]


async def open_tickets_for(session: AsyncSession, person: Person) -> list[TicketLine]:
    """The open tickets that a person of support serves: those that wait for support first, the longest wait on top."""
    memberships = current_memberships().where(Membership.person_id == person.id, Membership.role == Role.SUPPORT)
    scopes = [scope(membership) for membership in await session.scalars(memberships)]
    if not scopes:
        return []
    waits = Ticket.state != TicketState.WAITS_FOR_SUPPORT
    wanted = lines().where(Ticket.state != TicketState.CLOSED, or_(*scopes)).order_by(waits, last_words(), Ticket.id)
    return [line_of(*row) for row in await session.execute(wanted)]


async def open_at(session: AsyncSession, participation_id: int) -> int:
    """How many tickets of a college are open."""
    open_ = select(func.count(Ticket.id)).where(Ticket.participation_id == participation_id)
    return await session.scalar(open_.where(Ticket.state != TicketState.CLOSED)) or 0


def scope(membership: Membership) -> ColumnElement[bool]:
    """Which tickets one membership of support covers."""
    covered: ColumnElement[bool] = true()
    if membership.region_id is not None:
        covered = and_(covered, Organisation.region_id == membership.region_id)
    if membership.event_id is not None:
        covered = and_(covered, Participation.event_id == membership.event_id)
    return covered


def lines() -> Select[Ticket, str, datetime]:
    return (
        select(Ticket, func.coalesce(Organisation.name, ""), last_words())
        .outerjoin(Participation, Participation.id == Ticket.participation_id)
        .outerjoin(Organisation, Organisation.id == Participation.organisation_id)
    )


def last_words() -> ColumnElement[datetime]:
    """When the ticket's last message was said."""
    return (
        select(func.max(TicketMessage.at))
        .where(TicketMessage.ticket_id == Ticket.id)
        .correlate(Ticket)
        .scalar_subquery()
        .label("last_words")
    )


def line_of(ticket: Ticket, college: str, at: datetime) -> TicketLine:
    return TicketLine(
        ticket.id, TicketState(ticket.state), ticket.reason, Subject.of(ticket.subject), college, at or ticket.opened_at
    )
