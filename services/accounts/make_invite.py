"""Makes invite links: the only way into the product."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Invite, Role
from services.accounts.token import hash_of, new_token
from services.db.clock import Clock
from services.events.models import Event, Participation
from services.organisations.models import Organisation, Region

Table = TypeVar("Table", Organisation, Region, Event)

NEEDED = {Role.TECHNICIAN: "organisation", Role.COORDINATOR: "region", Role.CENTRE_OPERATOR: "region"}
"""What a role must be tied to; support and administrators serve everybody."""

ALLOWED = {
    Role.TECHNICIAN: {"organisation", "event"},
    Role.COORDINATOR: {"region", "organisation", "event"},
    Role.CENTRE_OPERATOR: {"region", "organisation", "event"},
    Role.SUPPORT: {"region", "event"},
    Role.ADMINISTRATOR: set[str](),
}
"""What may be said of a role. A coordinator's region may be named by one of its colleges."""


class InviteFault(Exception):  # noqa: N818 (not an error of the program: the person names another code)
    """An invite that cannot be made. `what` names the text; `name` is the option; `known` are the codes there are."""

    def __init__(self, what: str, name: str, found: str = "", known: Sequence[str] = ()) -> None:
        super().__init__(f"{what}: {name}")
        self.what = what
        self.name = name
        self.found = found
        self.known = tuple(known)


@dataclass(frozen=True, slots=True)
class NewInvite:
    """A fresh invite. The token is known here and nowhere else: only its hash is kept."""

    role: Role
    organisation: str | None
    region: str | None
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to invite: a role and the codes of its scope."""

    role: Role
    organisation: str | None = None
    region: str | None = None
    event: str | None = None

    def given(self) -> dict[str, str]:
        codes = {"organisation": self.organisation, "region": self.region, "event": self.event}
        return {name: code for name, code in codes.items() if code is not None}


class MakeInvite:
    """Makes one invite, for an operator at the command line. Raises InviteFault."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, wanted: Wanted, valid: timedelta) -> NewInvite:
        prove_allowed(wanted)
        organisation = await self.by_code(Organisation, "organisation", wanted.organisation)
        event = await self.by_code(Event, "event", wanted.event)
        region = await self.region(wanted, organisation)
        await self.prove_needed(wanted.role, organisation, region)
        if organisation is not None and event is not None:
            await self.prove_takes_part(organisation, event)
        return await self.invite(wanted, organisation, region, event, self.clock.now() + valid)

    async def invite(
        self,
        wanted: Wanted,
        organisation: Organisation | None,
        region: Region | None,
        event: Event | None,
        expires_at: datetime,
    ) -> NewInvite:
        token = new_token()
        scoped_to_college = organisation is not None and wanted.role != Role.COORDINATOR
        self.session.add(
            Invite(
                token_hash=hash_of(token),
                role=wanted.role,
                organisation_id=organisation.id if organisation and scoped_to_college else None,
                region_id=region.id if region else None,
                event_id=event.id if event else None,
                created_at=self.clock.now(),
                expires_at=expires_at,
            )
        )
        await self.session.flush()
        return NewInvite(wanted.role, wanted.organisation, region.code if region else None, token, expires_at)

    async def region(self, wanted: Wanted, organisation: Organisation | None) -> Region | None:
        """The region as named, or that of the named college, or the only one there is."""
        if wanted.region is not None or NEEDED.get(wanted.role) != "region":
            return await self.by_code(Region, "region", wanted.region)
        if organisation is not None:
            return await self.session.get(Region, organisation.region_id)
        regions = list(await self.session.scalars(select(Region).limit(2)))
        return regions[0] if len(regions) == 1 else None

    async def prove_needed(self, role: Role, organisation: Organisation | None, region: Region | None) -> None:
        match NEEDED.get(role):
            case "organisation" if organisation is None:
                raise InviteFault("needed", "organisation", known=await self.codes(Organisation))
            case "region" if region is None:
                raise InviteFault("needed", "region", known=await self.codes(Region))

    async def by_code(self, table: type[Table], name: str, code: str | None) -> Table | None:
        if code is None:
            return None
        found = await self.session.scalar(select(table).where(table.code == code))
        if found is None:
            raise InviteFault("unknown", name, code, await self.codes(table))
        return found

    async def codes(self, table: type[Organisation] | type[Region] | type[Event]) -> list[str]:
        return list(await self.session.scalars(select(table.code).order_by(table.code)))

    async def prove_takes_part(self, organisation: Organisation, event: Event) -> None:
        taking_part = select(Organisation.code).join(Participation, Participation.organisation_id == Organisation.id)
        codes = list(
            await self.session.scalars(
                taking_part.where(Participation.event_id == event.id).order_by(Organisation.code)
            )
        )
        if organisation.code not in codes:
            raise InviteFault("not_taking_part", "organisation", organisation.code, codes)


def prove_allowed(wanted: Wanted) -> None:
    """A tie that means nothing to the role is refused: it is a slip, and the invite would do something else."""
    for name in wanted.given():
        if name not in ALLOWED[wanted.role]:
            raise InviteFault("not_for_role", name)
