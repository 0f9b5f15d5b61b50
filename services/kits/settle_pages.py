"""Makes the ledger agree with the scans, the sheets and the decisions of people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.events.models import Participation
from services.kits.credit import Credit
from services.kits.models import Comparison, Kit, KitPage, KitState, Sheet, SheetState
from services.kits.scans import scan_of
from services.kits.settle_places import SettlePlaces
from services.kits.standing import Standing, stand
from services.submissions.models import Page


@dataclass(frozen=True, slots=True)
class Conflict:
    """A page of a kit for which different sheets compete."""

    kit_id: int
    number: int


class SettlePages:
    """Decides anew which scan counts for each page of these kits, and gives the kits their places.

    All of it follows from rows that stay: scans, sheets, decisions. So a decision taken back leaves no trace in the
    ledger, and a second call changes nothing. The participation is locked by the caller. A finished college keeps what
    counted (the finish stands); a new conflict is only told.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, participation: Participation, kit_ids: Collection[int]) -> list[Conflict]:
        """The conflicts of these kits as they stand now."""
        kits = {kit.id: kit for kit in await self.session.scalars(select(Kit).where(Kit.id.in_(kit_ids)))}
        pages = await self.pages(kits)
        counting = await self.counting(kits)
        finished = participation.finished_at is not None
        standings = await self.standings(pages, {row.page_id for row in counting} if finished else set())
        await self.write(counting, standings)
        conflicts = [Conflict(*where) for where, standing in standings.items() if standing.conflict]
        self.mark(kits.values(), {conflict.kit_id for conflict in conflicts}, finished=finished)
        await SettlePlaces(self.session, self.clock)(participation)
        credit_pages(kits, pages, standings)
        await self.session.flush()
        return conflicts

    async def pages(self, kits: Mapping[int, Kit]) -> dict[tuple[int, int], list[tuple[Page, Sheet]]]:
        """All scans of these kits by kit and page number."""
        rows = await self.session.execute(
            select(Page, Sheet)
            .join(Sheet, Sheet.id == Page.sheet_id)
            .where(Sheet.kit_id.in_(kits))
            .order_by(Sheet.kit_id, Sheet.number, Page.id)
        )
        found: defaultdict[tuple[int, int], list[tuple[Page, Sheet]]] = defaultdict(list)
        for page, sheet in rows:
            found[sheet.kit_id, sheet.number].append((page, sheet))
        return dict(found)

    async def counting(self, kits: Mapping[int, Kit]) -> list[KitPage]:
        return list(await self.session.scalars(select(KitPage).where(KitPage.kit_id.in_(kits))))

    async def standings(
        self, pages: Mapping[tuple[int, int], list[tuple[Page, Sheet]]], kept: Collection[int]
    ) -> dict[tuple[int, int], Standing]:
        unsure = await self.unsure([page.id for scans in pages.values() for page, _ in scans])
        return {
            where: stand(
                [scan_of(page) for page, _ in scans],
                {sheet.id for _, sheet in scans if sheet.state == SheetState.ASIDE},
                unsure,
                next((page.id for page, _ in scans if page.id in kept), None),
            )
            for where, scans in pages.items()
        }

    async def unsure(self, page_ids: Collection[int]) -> set[int]:
        """Pages that were compared and found the same as none."""
        rows = await self.session.execute(
            select(Comparison.second_id, Comparison.likeness).where(Comparison.second_id.in_(page_ids))
        )
        seen: defaultdict[int, set[str]] = defaultdict(set)
        for page_id, likeness in rows:
            seen[page_id].add(likeness)
        return {page_id for page_id, found in seen.items() if "same" not in found and "undecided" in found}

    async def write(self, counting: Iterable[KitPage], standings: Mapping[tuple[int, int], Standing]) -> None:
        """Rows that do not count any more go first: a page never counts twice, not even for a moment."""
        there = {(row.kit_id, row.number): row for row in counting}
        wanted = {where: standing.counting for where, standing in standings.items() if standing.counting is not None}
        for where, row in there.items():
            if wanted.get(where) != row.page_id:
                await self.session.delete(row)
        await self.session.flush()
        for (kit_id, number), page_id in wanted.items():
            old = there.get((kit_id, number))
            if old is None or old.page_id != page_id:
                self.session.add(KitPage(kit_id=kit_id, number=number, page_id=page_id, counted_at=self.clock.now()))
        await self.session.flush()

    def mark(self, kits: Iterable[Kit], in_conflict: Collection[int], *, finished: bool) -> None:
        """A kit in conflict gives its place back; one whose conflict is over may take one again."""
        for kit in kits:
            if kit.state == KitState.ASIDE or (finished and kit.state == KitState.COMPLETE):
                continue
            if kit.id in in_conflict:
                kit.state, kit.place = KitState.CONFLICT, None
            elif kit.state == KitState.CONFLICT:
                kit.state = KitState.PARTIAL


def credit_pages(
    kits: Mapping[int, Kit],
    pages: Mapping[tuple[int, int], list[tuple[Page, Sheet]]],
    standings: Mapping[tuple[int, int], Standing],
) -> None:
    """Writes the credits. Sound pages of a surplus kit count for nobody, and neither do those of one set aside."""
    instead = {KitState.SURPLUS: Credit.SURPLUS, KitState.ASIDE: Credit.ASIDE}
    for where, scans in pages.items():
        state = KitState(kits[where[0]].state)
        for page, _ in scans:
            credit = standings[where].credits[page.id]
            page.credit = instead.get(state, credit) if credit == Credit.COUNTED else credit
