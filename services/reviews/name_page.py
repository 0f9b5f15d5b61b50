"""Takes the number of a page whose symbols cannot be read, as the technician reads it from the print."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.conversation.awaited import await_text, stop_awaiting
from services.conversation.refusal import Refusal
from services.db.clock import Clock
from services.events.models import Participation
from services.events.queries import lock_participation
from services.jobs.jobs import Jobs
from services.kits.models import Kit
from services.reviews.eligible import may_be_named
from services.reviews.models import ReviewKind
from services.reviews.open_review import OpenReview
from services.reviews.own_pages import of_page, own_pages, require_open
from services.reviews.queries import ScanView, scan_view
from services.reviews.queue_question import ask_about
from services.reviews.read_name import Named, NameFault, ReadName

PAGE_NAME = "page_name"
"""What the awaited text answers."""


@dataclass(frozen=True, slots=True)
class ToName:
    """The pages that may be named; with one alone its number is awaited. `fault` is what was wrong with the text."""

    participation_id: int
    pages: tuple[ScanView, ...]
    example: str
    fault: NameFault | None = None
    values: dict[str, object] = field(default_factory=dict)


class NamePage:
    """Asked twice with the same number the coordinator hears it once. Raises Forbidden and Refusal."""

    def __init__(self, session: AsyncSession, clock: Clock, jobs: Jobs) -> None:
        self.session = session
        self.clock = clock
        self.jobs = jobs

    async def ask(self, person: Person, account: Account | None, participation_id: int, argument: str) -> ToName:
        """Which pages there are to name; a single one is awaited at once."""
        participation = await lock_participation(self.session, participation_id)
        await require_open(self.session, person, participation)
        pages = await own_pages(self.session, participation, argument, may_be_named)
        if not pages:
            raise Refusal("review.refused.nothing_to_name")
        return await self.to_name(account, participation, [page.id for page in pages])

    async def __call__(
        self, person: Person, account: Account, participation_id: int, page_id: int, text: str
    ) -> Named | ToName:
        """A number that counts already may be a slip: another one is still awaited."""
        participation = await lock_participation(self.session, participation_id)
        await require_open(self.session, person, participation)
        pages = await own_pages(self.session, participation, of_page(page_id), may_be_named)
        if not pages:
            raise Refusal("review.refused.nothing_to_name")
        read = await ReadName(self.session, self.clock)(participation, text)
        if not isinstance(read, Named):
            fault, values = read
            return await self.to_name(account, participation, [page_id], fault, values)
        if not read.counts_already:
            await stop_awaiting(self.session, account.id)
            await self.put(person, participation, page_id, read)
        return read

    async def put(self, person: Person, participation: Participation, page_id: int, named: Named) -> None:
        proposal = {"kit": named.kit, "page": named.page}
        reviews = OpenReview(self.session, self.clock)
        before = await reviews.proposal_of(ReviewKind.IDENTIFY_PAGE, page_id)
        review, new = await reviews.of_page(participation.id, ReviewKind.IDENTIFY_PAGE, page_id, person.id, proposal)
        if new or before != proposal:
            if not new:
                reviews.write_down(review)
            await ask_about(self.session, self.jobs, participation.id, [review.id])

    async def to_name(
        self,
        account: Account | None,
        participation: Participation,
        page_ids: list[int],
        fault: NameFault | None = None,
        values: dict[str, object] | None = None,
    ) -> ToName:
        if len(page_ids) == 1 and account is not None:
            detail = {"page": page_ids[0]}
            await await_text(
                self.session, self.clock, account.id, PAGE_NAME, participation_id=participation.id, detail=detail
            )
        some = select(Kit.number).where(Kit.participation_id == participation.id).order_by(Kit.number).limit(1)
        example = await self.session.scalar(some) or "1000007"
        views = tuple([await scan_view(self.session, page) for page in page_ids])
        return ToName(participation.id, views, example, fault, values or {})
