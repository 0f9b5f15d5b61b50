"""The first screen of a coordinator."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.conversation.screen import Screen
from services.db.clock import Clock
from services.reports import screens
from services.reports.region import ShowRegion
from services.texts import Texts


async def coordinator_home(session: AsyncSession, person: Person, texts: Texts, clock: Clock | None = None) -> Screen:
    """The only region, or the choice among several. Raises Refusal where no event is loaded for the region."""
    show = ShowRegion(session, clock or Clock())
    regions = await show.regions(person)
    if len(regions) == 1:
        return screens.region(texts, await show(person, regions[0].id))
    return screens.region_choice(texts, regions)
