"""Counts the sound pages of a file for their kits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from recognition.report import PageReport
from services.db.clock import Clock
from services.db.insert import insert_once
from services.events.models import Event, Participation
from services.kits.credit import Credit, is_of_other_event, may_count
from services.kits.models import Kit, KitPage, KitState
from services.kits.rules import by_number
from services.kits.settle_places import SettlePlaces
from services.submissions.models import Page


@dataclass(frozen=True, slots=True)
class Seen:
    """A page's row and what recognition said of it. `pages` is the number of pages of its kit."""

    row: Page
    report: PageReport
    pages: int


class CountPages:
    """The kit ledger: each page of a kit counts once, whatever is scanned again; each kit belongs to one college.

    The participation is locked by the caller. Writes `credit` into the rows. A kit that becomes whole takes a place;
    where none is free it is surplus, and so is every page of it from then on.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock
        self.settle = SettlePlaces(session, clock)

    async def __call__(self, participation: Participation, event: Event, pages: Sequence[Seen]) -> None:
        countable = [page for page in pages if may_count(page.report, event.code)]
        kits = await self.kits(participation, event, countable)
        for page in pages:
            page.row.credit = Credit.OTHER_EVENT if is_of_other_event(page.report, event.code) else Credit.NONE
        for page in countable:
            page.row.credit = await self.credit(participation, kits[page.report.kit or ""], page)
        await self.settle(participation)
        for page in countable:
            if page.row.credit == Credit.COUNTED and kits[page.report.kit or ""].state == KitState.SURPLUS:
                page.row.credit = Credit.SURPLUS

    async def kits(self, participation: Participation, event: Event, pages: Sequence[Seen]) -> dict[str, Kit]:
        """The kits of these pages by number; a kit not seen before becomes this college's.

        Kits are claimed in the order of their numbers: two colleges that claim the same ones cannot block each other.
        """
        lengths = {page.report.kit or "": page.pages for page in pages}
        for number in sorted(lengths, key=by_number):
            await insert_once(
                self.session,
                Kit,
                event_id=event.id,
                participation_id=participation.id,
                number=number,
                pages=lengths[number],
                first_seen_at=self.clock.now(),
            )
        found = await self.session.scalars(select(Kit).where(Kit.event_id == event.id, Kit.number.in_(lengths)))
        return {kit.number: kit for kit in found}

    async def credit(self, participation: Participation, kit: Kit, page: Seen) -> Credit:
        if kit.participation_id != participation.id:
            return Credit.OTHER_COLLEGE
        counted = await insert_once(
            self.session,
            KitPage,
            kit_id=kit.id,
            number=page.report.page,
            page_id=page.row.id,
            counted_at=self.clock.now(),
        )
        return Credit.COUNTED if counted else Credit.AGAIN
