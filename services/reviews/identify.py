"""Gives a page whose symbols cannot be read the number that people have read from the print."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from recognition.form import load_form
from services.conversation.refusal import Refusal
from services.db.clock import Clock
from services.events.models import Event, Participation
from services.kits.credit import Credit
from services.kits.models import Kit, KitPage, Sheet
from services.kits.owners import FindOwners
from services.kits.place_scans import PlaceScans
from services.kits.queries import kits_of
from services.reviews.models import Review
from services.reviews.own_pages import counts_already
from services.submissions.models import Page


class Identify:
    """The page then stands in the ledger like any other: on a sheet of its own, or on one that was seen before.

    The participation is locked by the caller, who settles the ledger afterwards.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.find_owners = FindOwners(session, clock)
        self.place = PlaceScans(session, clock)

    async def __call__(self, participation: Participation, page: Page, kit: str, number: int) -> None:
        """Raises Refusal where the kit has become another college's since, or another scan counts for the page: the two
        were never compared.
        """
        if await counts_already(self.session, participation, kit, number):
            raise Refusal("review.refused.counts_already", kit=kit, page=number)
        form = load_form((await self.session.get_one(Event, participation.event_id)).form)
        known = await self.session.scalar(
            select(Kit.pages).where(Kit.event_id == participation.event_id, Kit.number == kit)
        )
        owned = await self.find_owners(participation, {kit: known or form.pages})
        if kit not in owned.kits:
            raise Refusal("review.refused.not_own_kit", kit=kit)
        page.kit_number, page.page_number, page.kind = kit, number, form.kind_of(number).name
        page.identified = page.accepted = True
        await self.session.flush()
        await self.place(owned.kits, [page])

    async def forget(self, page: Page) -> None:
        """The page is again one that nobody can name. Its empty sheet and kit are swept after the ledger is settled."""
        page.identified = page.accepted = False
        page.kit_number = page.page_number = page.kind = page.sheet_id = None
        page.credit = Credit.NONE
        await self.session.flush()

    async def sweep(self, participation: Participation) -> None:
        """Takes away sheets without a scan, and kits without a sheet: only a forgotten name leaves such."""
        kits = {kit.id: kit for kit in await kits_of(self.session, participation.id)}
        shown = select(Page.id).where(Page.sheet_id == Sheet.id).exists()
        for sheet in await self.session.scalars(select(Sheet).where(Sheet.kit_id.in_(kits), ~shown)):
            await self.session.delete(sheet)
        await self.session.flush()
        for kit in kits.values():
            if kit.place is None and not await self.is_known(kit):
                await self.session.delete(kit)
        await self.session.flush()

    async def is_known(self, kit: Kit) -> bool:
        for row in (Sheet.kit_id, KitPage.kit_id, Review.kit_id):
            if await self.session.scalar(select(row).where(row == kit.id).limit(1)) is not None:
                return True
        return False
