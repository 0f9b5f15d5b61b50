"""Finds out on which sheet of paper each new scan was made."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.kits.models import Comparison, Kit, Sheet, SheetState
from services.kits.placement import KnownSheet, Lacking, Pair, Placed, Shown, place
from services.kits.scans import Scan, best, scan_of
from services.submissions.models import Page

Place = tuple[str, int]
"""A kit's number and the number of one of its pages."""


class PlaceScans:
    """Gives each page its sheet, or says which comparisons must be made first.

    With pairs lacking nothing is written. Pages are looked at in their order, so that two scans of one number within a
    file meet each other like those of two files.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def lacking(self, kits: Mapping[str, Kit], pages: Sequence[Page]) -> list[Pair]:
        """The comparisons to be made before these pages can be placed; empty when all is known."""
        known, shown = await self.known(kits), await self.shown([page.id for page in pages])
        pairs: list[Pair] = []
        waiting: set[Place] = set()
        for page in pages:
            where = place_of(page)
            if where in waiting:
                continue
            placed = place(page.id, known[where], shown)
            if isinstance(placed, Lacking):
                pairs.extend(placed.pairs)
                waiting.add(where)
            elif placed.sheet is None:
                known[where].append(KnownSheet(page.id))
        return pairs

    async def __call__(self, kits: Mapping[str, Kit], pages: Sequence[Page]) -> None:
        """Writes the sheets. A page whose comparisons are lacking counts as one that cannot be told."""
        known, shown = await self.known(kits), await self.shown([page.id for page in pages])
        for page in pages:
            sheets = known[place_of(page)]
            placed = place(page.id, sheets, shown)
            sheet = placed.sheet if isinstance(placed, Placed) else sheets[0]
            if sheet is None:
                ordinal = 1 + max((other.ordinal for other in sheets), default=0)
                sheet = KnownSheet(page.id, await self.new_sheet(kits[page.kit_number or ""], page, ordinal), ordinal)
                sheets.append(sheet)
            page.sheet_id = sheet.sheet_id
        await self.session.flush()

    async def new_sheet(self, kit: Kit, page: Page, ordinal: int) -> int:
        sheet = Sheet(kit_id=kit.id, number=page.page_number, ordinal=ordinal, seen_at=self.clock.now())
        self.session.add(sheet)
        await self.session.flush()
        return sheet.id

    async def known(self, kits: Mapping[str, Kit]) -> defaultdict[Place, list[KnownSheet]]:
        """The sheets of these kits, each with its best scan, in the order in which they were seen, those set aside
        last: a scan that cannot be told joins the first that it may be, and one that was set aside never counts.
        """
        numbers = {kit.id: kit.number for kit in kits.values()}
        rows = await self.session.execute(
            select(Sheet, Page)
            .join(Page, Page.sheet_id == Sheet.id)
            .where(Sheet.kit_id.in_(numbers))
            .order_by(Sheet.ordinal, Page.id)
        )
        scans: defaultdict[int, list[Scan]] = defaultdict(list)
        sheets: dict[int, Sheet] = {}
        for sheet, page in rows:
            scans[sheet.id].append(scan_of(page))
            sheets[sheet.id] = sheet
        known: defaultdict[Place, list[KnownSheet]] = defaultdict(list)
        for sheet in sorted(sheets.values(), key=lambda sheet: sheet.state == SheetState.ASIDE):
            shown_by = best(scans[sheet.id]) or scans[sheet.id][0]
            known[numbers[sheet.kit_id], sheet.number].append(KnownSheet(shown_by.page_id, sheet.id, sheet.ordinal))
        return known

    async def shown(self, page_ids: Collection[int]) -> dict[Pair, Shown]:
        rows = await self.session.scalars(
            select(Comparison).where(or_(Comparison.first_id.in_(page_ids), Comparison.second_id.in_(page_ids)))
        )
        return {(row.first_id, row.second_id): Shown(row.likeness, row.score or 0.0) for row in rows}


def place_of(page: Page) -> Place:
    return (page.kit_number or "", page.page_number or 0)
