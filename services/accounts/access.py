"""Who may do what: asked in every use case, each time, from the database."""

from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Membership, Person, Role
from services.conversation.refusal import Forbidden
from services.events.models import Participation
from services.organisations.models import Organisation, Region


class Deed(StrEnum):
    """What somebody wants to do with a college's trial.

    `see` its state; `work` on the checklist and send scans; `finish` it; `watch` it with the rest of its region;
    `decide` what the college asks of its coordinator.
    """

    SEE = "see"
    WORK = "work"
    FINISH = "finish"
    WATCH = "watch"
    DECIDE = "decide"


DEEDS_OF_COLLEGE = frozenset({Deed.SEE, Deed.WORK, Deed.FINISH})
"""A technician's, for their own college."""

DEEDS_OF_REGION = frozenset({Deed.SEE, Deed.WATCH, Deed.DECIDE})
"""A coordinator's, for every college of the region."""


class Access:
    """Roles as they stand now: a revoked membership counts for nothing from the moment it is revoked."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def require(self, person: Person | None, deed: Deed, participation: Participation) -> None:
        """Raises Forbidden unless one of the person's roles allows the deed."""
        if not await self.may(person, deed, participation):
            raise Forbidden

    async def may(self, person: Person | None, deed: Deed, participation: Participation) -> bool:
        """True where one of the person's roles allows the deed."""
        if person is None:
            return False
        region_id = await self.region_of(participation)
        return any(allows(role, deed, participation, region_id) for role in await self.roles(person))

    async def require_region(self, person: Person | None, region_id: int) -> None:
        """Raises Forbidden unless the person may watch the region."""
        if all(region.id != region_id for region in await self.watched_regions(person)):
            raise Forbidden

    async def watched_regions(self, person: Person | None) -> list[Region]:
        """The regions whose colleges the person may watch, by name."""
        if person is None:
            return []
        roles = await self.roles(person)
        wanted = select(Region).order_by(Region.name, Region.id)
        if all(role.role != Role.ADMINISTRATOR for role in roles):
            own = {role.region_id for role in roles if role.role == Role.COORDINATOR}
            wanted = wanted.where(Region.id.in_(own))
        return list(await self.session.scalars(wanted))

    async def roles(self, person: Person) -> list[Membership]:
        """The person's memberships that count now."""
        return list(await self.session.scalars(current_memberships().where(Membership.person_id == person.id)))

    async def region_of(self, participation: Participation) -> int | None:
        return await self.session.scalar(
            select(Organisation.region_id).where(Organisation.id == participation.organisation_id)
        )


def current_memberships() -> Select[Membership]:
    """Memberships that were not revoked."""
    return select(Membership).where(Membership.revoked_at.is_(None))


def allows(role: Membership, deed: Deed, participation: Participation, region_id: int | None) -> bool:
    """Whether one membership allows a deed; a membership for one event says nothing of another."""
    if role.event_id is not None and role.event_id != participation.event_id:
        return False
    if role.role == Role.ADMINISTRATOR:
        return True
    if role.role == Role.TECHNICIAN:
        return deed in DEEDS_OF_COLLEGE and role.organisation_id == participation.organisation_id
    if role.role == Role.COORDINATOR:
        return deed in DEEDS_OF_REGION and role.region_id is not None and role.region_id == region_id
    return False
