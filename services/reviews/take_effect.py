"""Makes the ledger agree with a decision, or with the decision taken back."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checklists.models import ChecklistStep
from services.checklists.queries import BEGUN, NOTICE_STEP
from services.db.clock import Clock
from services.events.models import Participation, ParticipationState
from services.kits.models import Kit, KitState, Sheet, SheetState
from services.kits.queries import kits_of
from services.kits.settle_pages import Conflict, SettlePages
from services.reviews.drop_void import DropVoid
from services.reviews.identify import Identify
from services.reviews.models import Choice, Review, ReviewKind
from services.submissions.models import Page

Effect = Callable[[Participation, Review], Awaitable[None]]


class TakeEffect:
    """The state of sheets, pages, kits and N follows from a review as it stands, so taking a decision back is the same
    call with the review open again. The participation is locked by the caller; a second call changes nothing.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock
        self.identify = Identify(session, clock)
        self.effects: dict[ReviewKind, Effect] = {
            ReviewKind.TWO_SHEETS: self.sheets,
            ReviewKind.ACCEPT_PAGE: self.accepted,
            ReviewKind.IDENTIFY_PAGE: self.identified,
            ReviewKind.KIT_ASIDE: self.aside,
            ReviewKind.PARTICIPANTS: self.participants,
            ReviewKind.REOPEN: self.reopened,
        }

    async def __call__(self, participation: Participation, reviews: Sequence[Review]) -> list[Conflict]:
        """The conflicts of the kits concerned after it. All reviews are of one kind."""
        for review in reviews:
            await self.effects[ReviewKind(review.kind)](participation, review)
        await self.session.flush()
        settle = SettlePages(self.session, self.clock)
        conflicts = await settle(participation, await self.kits(participation, reviews))
        if reviews[0].kind == ReviewKind.IDENTIFY_PAGE:
            dropped = await DropVoid(self.session, self.clock)(participation)
            await self.identify.sweep(participation)
            if dropped:
                conflicts = await settle(participation, await self.kits(participation, reviews))
        return conflicts

    async def kits(self, participation: Participation, reviews: Sequence[Review]) -> set[int]:
        """The kits whose scans stand differently now; what follows for the places of others comes by itself."""
        match ReviewKind(reviews[0].kind):
            case ReviewKind.PARTICIPANTS:
                return set()
            case ReviewKind.TWO_SHEETS | ReviewKind.KIT_ASIDE:
                return {review.kit_id for review in reviews if review.kit_id is not None}
            case ReviewKind.ACCEPT_PAGE:
                pages = [review.page_id for review in reviews]
                of_pages = select(Sheet.kit_id).join(Page, Page.sheet_id == Sheet.id).where(Page.id.in_(pages))
                return set(await self.session.scalars(of_pages))
        return {kit.id for kit in await kits_of(self.session, participation.id)}

    async def sheets(self, _participation: Participation, review: Review) -> None:
        """All but the sheet that stays go aside; while nothing is decided, all compete."""
        same = select(Sheet).where(Sheet.kit_id == review.kit_id, Sheet.number == review.page_number)
        for sheet in await self.session.scalars(same):
            stays = review.choice is None or (review.choice == Choice.KEEP and review.keep == sheet.ordinal)
            sheet.state = SheetState.LIVE if stays else SheetState.ASIDE

    async def accepted(self, _participation: Participation, review: Review) -> None:
        page = await self.page(review)
        page.accepted = review.choice == Choice.YES

    async def identified(self, participation: Participation, review: Review) -> None:
        page = await self.page(review)
        if review.choice == Choice.YES:
            await self.identify(participation, page, review.proposal["kit"], review.proposal["page"])
        elif page.identified:
            await self.identify.forget(page)

    async def aside(self, _participation: Participation, review: Review) -> None:
        """A kit set aside gives its place back; one taken back competes again."""
        kit = await self.session.get_one(Kit, review.kit_id)
        if review.choice == Choice.YES:
            kit.state, kit.place = KitState.ASIDE, None
        elif kit.state == KitState.ASIDE:
            kit.state = KitState.PARTIAL

    async def participants(self, participation: Participation, review: Review) -> None:
        """Taken back, N is again what it was before."""
        proposal: dict[str, Any] = dict(review.proposal)
        if review.choice == Choice.YES:
            proposal["before"] = participation.declared
            participation.declared = proposal["participants"]
        elif review.choice is None and "before" in proposal:
            participation.declared = proposal.pop("before")
        review.proposal = proposal

    async def reopened(self, participation: Participation, _review: Review) -> None:
        """The next finish is a new occasion: what was told of the last one proves nothing for it."""
        participation.state = ParticipationState.OPEN
        participation.finished_at = participation.finished_by = None
        told = select(ChecklistStep).filter_by(participation_id=participation.id, step=NOTICE_STEP)
        for row in await self.session.scalars(told):
            row.state, row.done_at, row.done_by = BEGUN, None, None

    async def page(self, review: Review) -> Page:
        return await self.session.get_one(Page, review.page_id)
