"""Which sheets a page must be compared with before people let it be the page that they say it is."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.kits.models import Comparison, Kit, Sheet
from services.kits.place_scans import PlaceScans
from services.kits.placement import Pair, pair
from services.reviews.models import Review, ReviewKind
from services.submissions.models import Page


async def pairs_of(session: AsyncSession, clock: Clock, review_ids: Sequence[int]) -> list[Pair]:
    """A page named by people may hide a double print as well: it meets the best scan of each sheet of that number."""
    named = select(Review).where(Review.id.in_(review_ids), Review.kind == ReviewKind.IDENTIFY_PAGE)
    lacking: list[Pair] = []
    for review in await session.scalars(named):
        page = await session.get_one(Page, review.page_id)
        for other in await scans_of(session, clock, review, page.id):
            wanted = pair(page.id, other)
            if await session.get(Comparison, wanted) is None:
                lacking.append(wanted)
    return lacking


async def scans_of(session: AsyncSession, clock: Clock, review: Review, page_id: int) -> list[int]:
    number, at = review.proposal["kit"], review.proposal["page"]
    kit = await session.scalar(
        select(Kit)
        .join(Sheet, Sheet.kit_id == Kit.id)
        .where(Kit.participation_id == review.participation_id, Kit.number == number, Sheet.number == at)
        .limit(1)
    )
    if kit is None:
        return []
    known = await PlaceScans(session, clock).known({kit.number: kit})
    return [sheet.page_id for sheet in known[number, at] if sheet.page_id != page_id]
