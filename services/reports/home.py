"""The first screen of a coordinator."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.conversation.screen import Screen
from services.db.clock import Clock
from services.events.queries import participations_of
from services.reports import screens
from services.reports.region import ShowRegion
from services.texts import Texts


class CoordinatorHome:
    """The list of the only region that a person watches.

    None for everybody else: who works for a college has that as their home, who watches several regions chooses first.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.show = ShowRegion(session, clock)

    async def __call__(self, person: Person, texts: Texts) -> Screen | None:
        regions = await self.show.regions(person)
        if len(regions) != 1 or await participations_of(self.session, person):
            return None
        if not await self.show.has_event(person, regions[0].id):
            return None
        return screens.region(texts, await self.show(person, regions[0].id))
