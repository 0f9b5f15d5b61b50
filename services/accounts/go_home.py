"""Finds out where a person's home is."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access
from services.accounts.models import Person
from services.checklists.queries import walk_of
from services.checklists.walk import Walk
from services.conversation.refusal import Forbidden
from services.db.clock import Clock
from services.events.queries import ParticipationView, participations_of


@dataclass(frozen=True, slots=True)
class OwnCollege:
    """One of the colleges that a person works for, by the id of its part in an event."""

    participation: int
    name: str
    event: str
    finished: bool


@dataclass(frozen=True, slots=True)
class WatchedRegion:
    """A region whose colleges a person watches."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Home:
    """What a person's roles open to them. `walk` is the college they are at, or their only one."""

    colleges: tuple[OwnCollege, ...] = ()
    regions: tuple[WatchedRegion, ...] = ()
    roles: frozenset[str] = frozenset()
    walk: Walk | None = None


class GoHome:
    """Reads only. A participation that is not the person's own (any more) leads to the choice of their own ones."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, person: Person | None, participation_id: int = 0) -> Home:
        """With a participation, its home; with none, the only one, or all to choose from. Raises Forbidden."""
        if person is None:
            raise Forbidden
        access = Access(self.session)
        own = await participations_of(self.session, person)
        at = only(own, participation_id)
        return Home(
            colleges=tuple(own_college(view) for view in own),
            regions=tuple(WatchedRegion(region.id, region.name) for region in await access.watched_regions(person)),
            roles=frozenset(membership.role for membership in await access.roles(person)),
            walk=await walk_of(self.session, at, self.clock.now()) if at else None,
        )


def only(own: list[ParticipationView], participation_id: int) -> int | None:
    ids = [view.participation.id for view in own]
    if participation_id in ids:
        return participation_id
    return ids[0] if len(ids) == 1 else None


def own_college(view: ParticipationView) -> OwnCollege:
    finished = view.participation.finished_at is not None
    return OwnCollege(view.participation.id, view.organisation.name, view.event.title, finished)
