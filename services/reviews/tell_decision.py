"""Tells the college at once what was decided, and writes it into the ticket of the alarm."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.accounts.queries import chats_of
from services.db.clock import Clock
from services.events.queries import participation_view
from services.kits.queries import kit_counts
from services.outbox.outbox import Outbox, Priority
from services.reviews.models import Review
from services.reviews.queries import ReviewView, review_views
from services.reviews.screens import news
from services.reviews.tell_unheard import technicians_of
from services.texts import load_texts
from services.tickets.models import Side, Ticket, TicketMessage
from services.tickets.tell import TellTicket


class TellDecision:
    """The college's technicians hear what it means for them, except for who decided. A decision is an occasion by its
    audit entry, so that taking it back and deciding anew are told again.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(self, review: Review, decider: Person, occasion: int, alike: Sequence[Review] = ()) -> None:
        """`alike` are others that have got the answer of this one, which was told before."""
        college = await participation_view(self.session, review.participation_id)
        view, *others = await review_views(self.session, [review, *alike])
        counts = await kit_counts(self.session, college.participation)
        for person in await technicians_of(self.session, college):
            for chat in (await chats_of(self.session, person.id))[:1] if person.id != decider.id else ():
                screen = news.decided(load_texts(person.language), college, view, counts, others)
                await self.outbox.say(chat, screen, priority=Priority.NOTICE, key=f"review-{occasion}-{person.id}")
        for decided in others or [view]:
            await self.write_ticket(decided)

    async def write_ticket(self, view: ReviewView) -> None:
        """Support reads in its own language what has become of the alarm."""
        ticket = await self.session.scalar(select(Ticket).where(Ticket.cause == f"review-{view.review.id}"))
        if ticket is None:
            return
        said = TicketMessage(side=Side.PRODUCT, text=news.for_ticket(load_texts("ru"), view))
        await TellTicket(self.session, self.clock, self.outbox)(ticket, said)
