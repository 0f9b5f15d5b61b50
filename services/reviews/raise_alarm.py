"""Tells everybody at once that two different sheets carry one number."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.accounts.queries import chats_of
from services.audit.record import latest_entry
from services.db.clock import Clock
from services.events.models import Participation
from services.events.queries import ParticipationView, participation_view
from services.kits.settle_pages import Conflict
from services.notices.queries import TWO_SHEETS
from services.notices.tell_region import TellRegion
from services.outbox.outbox import Outbox
from services.reviews.open_review import OpenReview
from services.reviews.queries import ReviewView, review_view
from services.reviews.screens import alarm as screens
from services.reviews.tell_unheard import TellUnheard
from services.texts import load_texts
from services.tickets.models import Side, Ticket
from services.tickets.open_ticket import OpenTicket

REASON = "double_print"


class RaiseAlarm:
    """A double print costs a student the result (the Order, 1), so it does not wait for the summary: the technician,
    the coordinators and support hear of it in the transaction that finds it. Each conflict is told once; a third sheet
    is told again. Its entry in the audit makes it an occasion: the id of a sheet that is gone may come again.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(self, participation: Participation, conflicts: Sequence[Conflict], sender_id: int) -> None:
        reviews = OpenReview(self.session, self.clock)
        for conflict in conflicts:
            review, new = await reviews.of_sheets(participation.id, conflict)
            if new:
                await self.tell(participation, await review_view(self.session, review), sender_id)

    async def tell(self, participation: Participation, view: ReviewView, sender_id: int) -> None:
        occasion = await latest_entry(self.session, participation.id)
        college = await participation_view(self.session, participation.id)
        ticket = await self.open_ticket(college, view, sender_id)
        await self.tell_technician(college, view, ticket, sender_id, occasion)
        await TellRegion(self.session, self.clock, self.outbox)(
            college,
            TWO_SHEETS,
            occasion,
            lambda texts: screens.alarm_to_coordinator(texts, college, view, ticket.id),
        )
        await TellUnheard(self.session, self.clock, self.outbox)(college, TWO_SHEETS, occasion)

    async def open_ticket(self, college: ParticipationView, view: ReviewView, sender_id: int) -> Ticket:
        """The alarm's words are those of a language that support reads."""
        return await OpenTicket(self.session, self.clock, self.outbox)(
            sender_id,
            REASON,
            participation_id=college.participation.id,
            subject={"kit": view.kit, "page": view.review.page_number, "review": view.review.id},
            text=screens.alarm_to_support(load_texts("ru"), view),
            cause=f"review-{view.review.id}",
            side=Side.PRODUCT,
        )

    async def tell_technician(
        self, college: ParticipationView, view: ReviewView, ticket: Ticket, sender_id: int, occasion: int
    ) -> None:
        person = await self.session.get_one(Person, sender_id)
        told = screens.alarm_to_technician(load_texts(person.language), college, view, ticket.id)
        for chat in (await chats_of(self.session, sender_id))[:1]:
            for number, screen in enumerate(told):
                await self.outbox.say(chat, screen, key=f"alarm-{occasion}-{number}")
