"""Takes a decision back: the question is open again, and the ledger is as it was before."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.audit.record import record
from services.conversation.refusal import Refusal
from services.db.clock import Clock
from services.events.models import Event, Participation
from services.events.queries import lock_participation
from services.outbox.outbox import Outbox
from services.reviews.models import Review, ReviewKind
from services.reviews.open_review import OpenReview
from services.reviews.raise_alarm import RaiseAlarm
from services.reviews.refused import require_possible
from services.reviews.shown import Shown, require_decider, review_of, show
from services.reviews.take_effect import TakeEffect
from services.reviews.tell_decision import TellDecision


class TakeBack:
    """Until the finish. A second press shows the question open. What the person had decided without being asked is
    gone, and only the audit tells of it: None is returned then.

    Raises Forbidden and Refusal.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(self, person: Person, participation_id: int, review_id: int) -> Shown | None:
        participation = await lock_participation(self.session, participation_id)
        review = await review_of(self.session, participation_id, review_id)
        await require_decider(self.session, person, review)
        event = await self.session.get_one(Event, participation.event_id)
        if review.kind == ReviewKind.REOPEN:
            raise Refusal("review.refused.reopened")
        require_possible(ReviewKind(review.kind), participation, event, self.clock.now())
        if review.choice is None:
            return await show(self.session, person, review)
        require_latest(participation, review)
        await self.take_back(person, participation, review)
        if is_own_idea(review):
            await self.session.delete(review)
            await self.session.flush()
            return None
        return await show(self.session, person, review)

    async def take_back(self, person: Person, participation: Participation, review: Review) -> None:
        OpenReview(self.session, self.clock).open_again(review)
        await self.session.flush()
        conflicts = await TakeEffect(self.session, self.clock)(participation, [review])
        entry = record(
            self.session,
            self.clock,
            f"review.{review.kind}.taken_back",
            person=person,
            participation_id=participation.id,
            review=review.id,
        )
        await self.session.flush()
        await TellDecision(self.session, self.clock, self.outbox)(review, person, entry.id)
        await RaiseAlarm(self.session, self.clock, self.outbox)(participation, conflicts, person.id)


def require_latest(participation: Participation, review: Review) -> None:
    """Of several numbers of participants only the one that holds can be taken back. Raises Refusal."""
    said_yes = review.kind == ReviewKind.PARTICIPANTS and "before" in review.proposal
    if said_yes and review.proposal["participants"] != participation.declared:
        raise Refusal("review.refused.newer_number", number=participation.declared)


def is_own_idea(review: Review) -> bool:
    """True for what nobody had asked: a kit set aside, another N without a request."""
    return review.kind == ReviewKind.KIT_ASIDE or (review.kind == ReviewKind.PARTICIPANTS and review.asked_by is None)
