"""Drops the question which of two sheets stays, where only one of them is left."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.audit.record import record
from services.db.clock import Clock
from services.events.models import Participation
from services.kits.models import Sheet, SheetState
from services.outbox.outbox import Outbox
from services.reviews.models import Review, ReviewKind
from services.submissions.models import Page
from services.texts import load_texts
from services.tickets.models import Side, Ticket, TicketMessage
from services.tickets.tell import TellTicket


class DropVoid:
    """A page that loses the name which people gave it may take the second sheet of a conflict with it. Then there is
    nothing to decide any more, and a decision made over both has no object: the sheet that is left counts again.

    The participation is locked by the caller, who settles the ledger again where something was dropped.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, participation: Participation) -> bool:
        """True where a question was dropped."""
        asked = select(Review).filter_by(participation_id=participation.id, kind=ReviewKind.TWO_SHEETS)
        void = [review for review in await self.session.scalars(asked) if await self.is_void(review)]
        for review in void:
            await self.drop(review)
        return bool(void)

    async def is_void(self, review: Review) -> bool:
        shown = (
            select(func.count(Sheet.id.distinct()))
            .join(Page, Page.sheet_id == Sheet.id)
            .where(Sheet.kit_id == review.kit_id, Sheet.number == review.page_number)
        )
        return (await self.session.scalar(shown) or 0) < 2

    async def drop(self, review: Review) -> None:
        left = select(Sheet).where(Sheet.kit_id == review.kit_id, Sheet.number == review.page_number)
        for sheet in await self.session.scalars(left):
            sheet.state = SheetState.LIVE
        record(
            self.session,
            self.clock,
            f"review.{review.kind}.dropped",
            participation_id=review.participation_id,
            review=review.id,
        )
        await self.end_ticket(f"review-{review.id}")
        await self.session.delete(review)
        await self.session.flush()

    async def end_ticket(self, cause: str) -> None:
        """Support reads it. The ticket lets go of its cause: a later question may get the number of this one."""
        ticket = await self.session.scalar(select(Ticket).where(Ticket.cause == cause))
        if ticket is None:
            return
        ticket.cause = f"dropped-{ticket.id}"
        said = TicketMessage(side=Side.PRODUCT, text=load_texts("ru")("review.ticket.dropped"))
        await TellTicket(self.session, self.clock, Outbox(self.session, self.clock))(ticket, said)
