"""Reads of events and of the colleges' parts in them."""

from dataclasses import dataclass

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Membership, Person, Role
from services.conversation.refusal import Forbidden
from services.events.models import Event, Participation
from services.organisations.models import Organisation, Region


@dataclass(frozen=True, slots=True)
class ParticipationView:
    """A college's part in an event with all that gives it a name and a time zone."""

    participation: Participation
    event: Event
    organisation: Organisation
    region: Region


async def participation_view(session: AsyncSession, participation_id: int) -> ParticipationView:
    """One participation. Raises Forbidden where there is none: nobody learns which ids exist."""
    row = (await session.execute(views().where(Participation.id == participation_id))).one_or_none()
    if row is None:
        raise Forbidden
    return view_of(row)


async def lock_participation(session: AsyncSession, participation_id: int) -> Participation:
    """The participation as it stands now, locked until the transaction ends. Raises Forbidden where there is none.

    Rows that refer to it may be added by others meanwhile: a stronger lock would make a question to support wait here,
    while its person is waited for there.
    """
    locked = await session.scalar(
        select(Participation)
        .where(Participation.id == participation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if locked is None:
        raise Forbidden
    return locked


async def participations_of(session: AsyncSession, person: Person) -> list[ParticipationView]:
    """What a person works on as a technician: the window that closes last first, then by the college's name."""
    rows = await session.execute(
        views()
        .join(Membership, Membership.organisation_id == Participation.organisation_id)
        .where(Membership.person_id == person.id, Membership.role == Role.TECHNICIAN)
        .where(Membership.revoked_at.is_(None))
        .where(or_(Membership.event_id.is_(None), Membership.event_id == Participation.event_id))
        .order_by(Event.closes_at.desc(), Organisation.name, Participation.id)
    )
    found = {row[0].id: view_of(row) for row in rows}
    return list(found.values())


def view_of(row: Row[Participation, Event, Organisation, Region]) -> ParticipationView:
    participation, event, organisation, region = row
    return ParticipationView(participation, event, organisation, region)


def views() -> Select[Participation, Event, Organisation, Region]:
    return (
        select(Participation, Event, Organisation, Region)
        .join(Event, Event.id == Participation.event_id)
        .join(Organisation, Organisation.id == Participation.organisation_id)
        .join(Region, Region.id == Organisation.region_id)
    )
