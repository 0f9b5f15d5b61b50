"""Lists a college's questions, open or decided, and the kits that may be set aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Person
from services.conversation.refusal import Forbidden
from services.events.models import Participation
from services.events.queries import ParticipationView, participation_view
from services.kits.models import Kit, KitState
from services.kits.queries import kits_of
from services.reviews.models import Review, ReviewKind
from services.reviews.queries import ReviewView, decided_reviews, open_reviews, review_views

A_PAGE = 8


@dataclass(frozen=True, slots=True)
class ReviewList:
    """One page of a college's questions; `page` counts from 0."""

    college: ParticipationView
    views: tuple[ReviewView, ...]
    are_open: bool
    total: int
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class KitLine:
    """A kit to choose; one set aside has the review that says why."""

    kit_id: int
    number: str
    state: KitState
    review_id: int | None = None


@dataclass(frozen=True, slots=True)
class KitList:
    """One page of the kits that the person may set aside or take back."""

    college: ParticipationView
    kits: tuple[KitLine, ...]
    decides: bool
    page: int = 0
    pages: int = 1


class ShowReviews:
    """Raises Forbidden for people who do not decide here."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def __call__(self, person: Person, participation_id: int, page: int, *, are_open: bool) -> ReviewList:
        college = await participation_view(self.session, participation_id)
        await Access(self.session).require(person, Deed.DECIDE, college.participation)
        read = open_reviews if are_open else decided_reviews
        reviews = await read(self.session, participation_id)
        page, pages = within(page, len(reviews))
        shown = reviews[page * A_PAGE : (page + 1) * A_PAGE]
        views = await review_views(self.session, shown)
        return ReviewList(college, views, are_open, len(reviews), page, pages)


class ShowKits:
    """The coordinator sees every kit, the technician the surplus ones. Raises Forbidden for others."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def __call__(self, person: Person, participation_id: int, page: int) -> KitList:
        college = await participation_view(self.session, participation_id)
        access = Access(self.session)
        decides = await access.may(person, Deed.DECIDE, college.participation)
        if not decides and not await access.may(person, Deed.WORK, college.participation):
            raise Forbidden
        lines = await self.lines(college.participation)
        kits = [line for line in lines if decides or line.state in (KitState.SURPLUS, KitState.ASIDE)]
        page, pages = within(page, len(kits))
        return KitList(college, tuple(kits[page * A_PAGE : (page + 1) * A_PAGE]), decides, page, pages)

    async def lines(self, participation: Participation) -> Sequence[KitLine]:
        """Surplus kits first: they are what one looks for; then in the order of their numbers."""
        found: Sequence[Kit] = await kits_of(self.session, participation.id)
        aside = select(Review).filter_by(participation_id=participation.id, kind=ReviewKind.KIT_ASIDE)
        reviews = {review.kit_id: review.id for review in await self.session.scalars(aside)}
        lines = [KitLine(kit.id, kit.number, KitState(kit.state), reviews.get(kit.id)) for kit in found]
        return sorted(lines, key=lambda line: line.state != KitState.SURPLUS)


def within(page: int, items: int) -> tuple[int, int]:
    """A page that there is, and how many there are."""
    pages = max(1, -(-items // A_PAGE))
    return min(max(page, 0), pages - 1), pages
