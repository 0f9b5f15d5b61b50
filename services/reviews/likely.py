"""How likely it is that the sheets of a question are one sheet after all."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.kits.models import Comparison, Sheet
from services.reviews.models import Review
from services.submissions.models import Page

Place = tuple[int | None, int | None]
"""The id of a kit, and the number of one of its pages."""


async def likely_one_sheet(session: AsyncSession, reviews: Sequence[Review]) -> dict[Place, float | None]:
    """By the place, the highest probability that scans of two sheets show one: what speaks most against the alarm.

    None where comparing has said nothing of any two.
    """
    first, second = aliased(Page), aliased(Page)
    one, other = aliased(Sheet), aliased(Sheet)
    rows = await session.execute(
        select(one.kit_id, one.number, func.max(Comparison.probability))
        .select_from(Comparison)
        .join(first, first.id == Comparison.first_id)
        .join(second, second.id == Comparison.second_id)
        .join(one, one.id == first.sheet_id)
        .join(other, other.id == second.sheet_id)
        .where(one.kit_id.in_({review.kit_id for review in reviews}))
        .where(one.kit_id == other.kit_id, one.number == other.number, one.id != other.id)
        .group_by(one.kit_id, one.number)
    )
    return {(kit_id, number): probability for kit_id, number, probability in rows}
