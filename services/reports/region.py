"""Shows a coordinator the colleges of a region."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access
from services.accounts.models import Person, Role
from services.checklists.queries import walk_of
from services.conversation.refusal import Refusal
from services.db.clock import Clock
from services.organisations.models import Region
from services.reports.queries import college_rows, event_of
from services.reports.standing import CollegeRow, Group, group_counts, in_order

A_PAGE = 8
"""Colleges on one page of the list."""


@dataclass(frozen=True, slots=True)
class RegionView:
    """One page of a region's list. `page` counts from 0; `steps` is (k, of how many) by participation, as far as the
    college walks a checklist.
    """

    region_id: int
    region: str
    zone: str
    event: str
    now: datetime
    counts: Counter[Group]
    rows: tuple[CollegeRow, ...] = ()
    steps: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    group: Group | None = None
    page: int = 0
    pages: int = 1


class ShowRegion:
    """A region's colleges, attention first. Raises Forbidden for a region that the person does not watch."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock
        self.access = Access(session)

    async def regions(self, person: Person | None) -> list[Region]:
        """The regions that the person may watch."""
        return await self.access.watched_regions(person)

    async def __call__(
        self, person: Person | None, region_id: int, group: Group | None = None, page: int = 0
    ) -> RegionView:
        await self.access.require_region(person, region_id)
        region = await self.session.get_one(Region, region_id)
        event = await event_of(self.session, region_id, await self.events(person, region_id))
        if event is None:
            raise Refusal("coordinator.no_event", region=region.name)
        now = self.clock.now()
        rows = in_order(await college_rows(self.session, region_id, event.id), now)
        wanted = [row for row in rows if group is None or row.group(now) == group]
        pages = max(1, -(-len(wanted) // A_PAGE))
        page = min(max(page, 0), pages - 1)
        shown = wanted[page * A_PAGE : (page + 1) * A_PAGE]
        return RegionView(
            region_id=region.id,
            region=region.name,
            zone=region.time_zone,
            event=event.title,
            now=now,
            counts=group_counts(rows, now),
            rows=tuple(shown),
            steps=await self.steps(shown, now),
            group=group,
            page=page,
            pages=pages,
        )

    async def has_event(self, person: Person | None, region_id: int) -> bool:
        """True where there is something to show."""
        return await event_of(self.session, region_id, await self.events(person, region_id)) is not None

    async def events(self, person: Person | None, region_id: int) -> set[int] | None:
        """The events that the person may watch here; None for all."""
        roles = await self.access.roles(person) if person else []
        here = [role for role in roles if role.role == Role.ADMINISTRATOR or role.region_id == region_id]
        if any(role.event_id is None for role in here):
            return None
        return {role.event_id for role in here if role.event_id is not None}

    async def steps(self, rows: Sequence[CollegeRow], now: datetime) -> dict[int, tuple[int, int]]:
        found = {}
        for row in rows:
            walk = await walk_of(self.session, row.participation_id, now)
            if walk.current is not None:
                found[row.participation_id] = (walk.number(walk.current), len(walk.checklist))
        return found
