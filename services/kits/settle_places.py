"""Gives a college's N places to its whole kits."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.events.models import Event, Participation
from services.kits.credit import Credit
from services.kits.models import Kit, KitPage, KitPlace, KitState
from services.kits.places import Claim, Settlement, settle
from services.kits.queries import kits_of, pages_seen
from services.kits.rules import missing_pages
from services.submissions.models import Page

OUT_OF_THE_RACE = (KitState.CONFLICT, KitState.ASIDE)
"""Kits that claim no place: their sheets are in dispute, or a person has set them aside."""


class SettlePlaces:
    """Makes the ledger agree with the declared N and with the pages seen.

    Called whenever N was declared or changed, and after pages were counted, with the participation locked. There are
    exactly N rows of `kit_place` after it, so the database itself refuses a kit N+1. A second call changes nothing.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, participation: Participation) -> None:
        kits = [kit for kit in await kits_of(self.session, participation.id) if kit.state not in OUT_OF_THE_RACE]
        settled = settle(participation.declared, await self.claims(participation, kits))
        turned = [kit for kit in kits if (kit.state == KitState.SURPLUS) != (settled[kit.id].state == KitState.SURPLUS)]
        await self.release(kits, settled)
        await self.resize(participation)
        for kit in kits:
            kit.state, kit.place = settled[kit.id].state, settled[kit.id].place
        await self.session.flush()
        await self.credit(turned)

    async def claims(self, participation: Participation, kits: Sequence[Kit]) -> list[Claim]:
        require = await self.session.scalar(select(Event.require).where(Event.id == participation.event_id))
        seen = await pages_seen(self.session, [kit.id for kit in kits])
        for kit in kits:
            whole = missing_pages(require or "", kit.pages, seen[kit.id]).nothing
            kit.completed_at = (kit.completed_at or self.clock.now()) if whole else None
        return [
            Claim(kit.id, kit.completed_at is not None, kit.place, kit.completed_at or kit.first_seen_at)
            for kit in kits
        ]

    async def release(self, kits: Sequence[Kit], settled: dict[int, Settlement]) -> None:
        """Frees the places that change hands first: two kits never hold one place, not even for a moment."""
        for kit in kits:
            if kit.place not in (None, settled[kit.id].place):
                kit.state, kit.place = KitState.PARTIAL, None
        await self.session.flush()

    async def credit(self, turned: Sequence[Kit]) -> None:
        """A kit that has become surplus takes the credit of its pages with it, whoever's pages have brought that about;
        one that is no longer surplus gives it back.
        """
        states = {kit.id: kit.state for kit in turned}
        counting = select(Page, KitPage.kit_id).join(KitPage, KitPage.page_id == Page.id)
        for page, kit_id in await self.session.execute(counting.where(KitPage.kit_id.in_(states))) if states else ():
            page.credit = Credit.SURPLUS if states[kit_id] == KitState.SURPLUS else Credit.COUNTED
        await self.session.flush()

    async def resize(self, participation: Participation) -> None:
        """Makes the places 1 to N and no others."""
        wanted = participation.declared or 0
        own = KitPlace.participation_id == participation.id
        await self.session.execute(delete(KitPlace).where(own, KitPlace.number > wanted))
        there = set(await self.session.scalars(select(KitPlace.number).where(own)))
        missing = [number for number in range(1, wanted + 1) if number not in there]
        self.session.add_all(KitPlace(participation_id=participation.id, number=number) for number in missing)
        await self.session.flush()
