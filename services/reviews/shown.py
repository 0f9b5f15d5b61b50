"""A review as a screen shows it to one person."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Person
from services.conversation.refusal import Forbidden
from services.events.models import Participation
from services.events.queries import ParticipationView, participation_view
from services.kits.models import Kit, KitState
from services.reviews.models import Review, ReviewKind
from services.reviews.queries import ReviewView, open_reviews, review_view, review_views


@dataclass(frozen=True, slots=True)
class Shown:
    """`may_decide`: the person may decide this review, and the college is not finished. `alike` are open questions that
    the same answer would fit; `following` is the next open one. `seen` marks what is shown, so that a decision on
    something else is noticed.
    """

    college: ParticipationView
    view: ReviewView
    seen: str
    may_decide: bool
    following: int | None = None
    alike: tuple[int, ...] = ()
    decides_for_region: bool = False

    @property
    def review(self) -> Review:
        return self.view.review


async def show(session: AsyncSession, person: Person, review: Review, *, alone: bool = False) -> Shown:
    """All that the screen needs; it is shown to whoever may see the college. `alone` leaves out the other questions."""
    college = await participation_view(session, review.participation_id)
    access = Access(session)
    await access.require(person, Deed.SEE, college.participation)
    view = await review_view(session, review)
    decides = await access.may(person, Deed.DECIDE, college.participation)
    may_decide = college.participation.finished_at is None and await may_decide_on(session, access, person, review)
    others = () if alone else await open_reviews(session, review.participation_id)
    waiting = [one for one in others if one.id != review.id]
    alike = await review_views(session, [one for one in waiting if one.kind == review.kind]) if decides else ()
    return Shown(
        college=college,
        view=view,
        seen=mark_of(view),
        may_decide=may_decide,
        following=waiting[0].id if waiting and decides else None,
        alike=tuple(other.review.id for other in alike if are_alike(other, view)),
        decides_for_region=decides,
    )


async def may_decide_on(session: AsyncSession, access: Access, person: Person, review: Review) -> bool:
    """The coordinator; a technician for a surplus kit only, and for what they have set aside themselves."""
    participation = await session.get_one(Participation, review.participation_id)
    if await access.may(person, Deed.DECIDE, participation):
        return True
    if review.kind != ReviewKind.KIT_ASIDE or not await access.may(person, Deed.WORK, participation):
        return False
    if review.choice is not None:
        return review.decided_by == person.id
    kit = await session.get(Kit, review.kit_id)
    return kit is not None and kit.state == KitState.SURPLUS


async def require_decider(session: AsyncSession, person: Person, review: Review) -> None:
    """Raises Forbidden unless the person may decide this review."""
    if not await may_decide_on(session, Access(session), person, review):
        raise Forbidden


async def review_of(session: AsyncSession, participation_id: int, review_id: int) -> Review:
    """A review of this college. Raises Forbidden for any other: ids in buttons can be forged."""
    review = await session.get(Review, review_id, populate_existing=True)
    if review is None or review.participation_id != participation_id:
        raise Forbidden
    return review


def are_alike(other: ReviewView, view: ReviewView) -> bool:
    """Pages with the same worst fault, as when one printer was set wrong; double prints whose sheets came in the same
    two sendings, as when a whole file was printed twice.
    """
    kind = view.review.kind
    if other.review.kind != kind or kind not in (ReviewKind.ACCEPT_PAGE, ReviewKind.TWO_SHEETS):
        return False
    if other.page is not None and view.page is not None:
        return other.page.worst.get("code") == view.page.worst.get("code")
    return sendings(other) == sendings(view)


def sendings(view: ReviewView) -> list[int]:
    """The batches that the sheets came in, by the sheets' order."""
    return [sheet.scan.batch_id for sheet in view.sheets]


def mark_of(view: ReviewView) -> str:
    """Changes with what there is to decide: another sheet, another proposal, a question put again."""
    proposal = sorted((key, value) for key, value in view.review.proposal.items() if key != "before")
    asked = view.review.asked_at.timestamp() if view.review.asked_at else 0
    seen: Sequence[object] = (asked, proposal, [sheet.sheet_id for sheet in view.sheets])
    return format(zlib.crc32(repr(seen).encode()), "x")
