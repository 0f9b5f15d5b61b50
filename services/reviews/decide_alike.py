"""Gives the same answer to all questions that are alike."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.conversation.refusal import Forbidden
from services.events.models import Participation
from services.events.queries import lock_participation
from services.reviews.decide import Decide
from services.reviews.draft import Draft, Subject
from services.reviews.models import Choice, Review, ReviewKind
from services.reviews.refused import require_possible
from services.reviews.shown import Shown, review_of, show
from services.reviews.tell_decision import TellDecision


@dataclass(frozen=True, slots=True)
class DecidedAll:
    """How many were decided by this press, and the review whose answer they got."""

    number: int
    shown: Shown


class DecideAlike:
    """One printer set wrong spoils a whole stack, one file printed twice doubles all of its kits: the others get the
    answer and the reason of the first one.

    Each has its own entry in the audit and can be taken back alone. A second press finds nothing left.

    Raises Forbidden and Refusal.
    """

    def __init__(self, session: AsyncSession, decide: Decide) -> None:
        self.session = session
        self.decide = decide

    async def __call__(self, person: Person, participation_id: int, review_id: int) -> DecidedAll:
        participation = await lock_participation(self.session, participation_id)
        review = await review_of(self.session, participation_id, review_id)
        shown = await show(self.session, person, review)
        if not shown.decides_for_region or review.choice is None:
            raise Forbidden
        require_possible(ReviewKind(review.kind), participation, shown.college.event, self.decide.clock.now())
        others = [await review_of(self.session, participation_id, other) for other in shown.alike]
        if others:
            await self.same(person, participation, review, others)
        return DecidedAll(len(others), await show(self.session, person, review))

    async def same(self, person: Person, participation: Participation, review: Review, others: list[Review]) -> None:
        """The college hears it once, not as often as there were questions."""
        draft = Draft(Subject.REVIEW, 0, Choice(review.choice or ""), review.keep)
        occasion = await self.decide.decide(person, participation, others, draft, review.reason)
        tell = TellDecision(self.session, self.decide.clock, self.decide.outbox)
        await tell(review, person, occasion, others)
