"""Asks the coordinator to let faulty pages count."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.db.clock import Clock
from services.events.queries import lock_participation
from services.jobs.jobs import Jobs
from services.reviews.eligible import may_be_accepted
from services.reviews.models import ReviewKind
from services.reviews.open_review import OpenReview
from services.reviews.own_pages import counts_already, own_pages, require_open
from services.reviews.queries import ScanView, scan_views
from services.reviews.queue_question import ask_about


@dataclass(frozen=True, slots=True)
class AskedFor:
    """How many pages the coordinator was asked about, and how many of them just now."""

    participation_id: int
    pages: int
    new: int


@dataclass(frozen=True, slots=True)
class ToAccept:
    """The pages to choose from; `argument` stands for all of them."""

    participation_id: int
    pages: tuple[ScanView, ...]
    argument: str


class AskAccept:
    """For one page or for all pages of a batch. A second press asks nobody twice; a page that was turned down is asked
    about again only when its technician presses again. Raises Forbidden and Refusal.
    """

    def __init__(self, session: AsyncSession, clock: Clock, jobs: Jobs) -> None:
        self.session = session
        self.clock = clock
        self.jobs = jobs

    async def which(self, person: Person, participation_id: int, argument: str) -> ToAccept:
        """The pages that may be asked about. Raises Forbidden and Refusal."""
        participation = await lock_participation(self.session, participation_id)
        await require_open(self.session, person, participation)
        pages = await own_pages(self.session, participation, argument, may_be_accepted)
        views = await scan_views(self.session, [page.id for page in pages])
        return ToAccept(participation_id, tuple(views[page.id] for page in pages), argument)

    async def __call__(self, person: Person, participation_id: int, argument: str) -> AskedFor:
        participation = await lock_participation(self.session, participation_id)
        await require_open(self.session, person, participation)
        reviews = OpenReview(self.session, self.clock)
        asked, new_ones = 0, []
        for page in await own_pages(self.session, participation, argument, may_be_accepted):
            kit, number = page.kit_number or "", page.page_number or 0
            if await counts_already(self.session, participation, kit, number):
                continue
            review, new = await reviews.of_page(participation_id, ReviewKind.ACCEPT_PAGE, page.id, person.id, {})
            asked += 1
            if new:
                new_ones.append(review.id)
        await ask_about(self.session, self.jobs, participation_id, new_ones)
        return AskedFor(participation_id, asked, len(new_ones))
