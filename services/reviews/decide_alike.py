"""Gives the same answer to all questions that are alike."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.conversation.refusal import Forbidden
from services.reviews.decide import Decide
from services.reviews.draft import Draft, Subject
from services.reviews.models import Choice, Review
from services.reviews.shown import Shown, review_of, show


@dataclass(frozen=True, slots=True)
class DecidedAll:
    """How many were decided by this press, and the review whose answer they got."""

    number: int
    shown: Shown


class DecideAlike:
    """One printer set wrong spoils a whole stack, one file printed twice doubles all of its kits: the others get the
    answer and the reason of the first one.

    Each has its own entry in the audit and can be taken back alone. A second press finds nothing left.

    Raises Forbidden.
    """

    def __init__(self, session: AsyncSession, decide: Decide) -> None:
        self.session = session
        self.decide = decide

    async def __call__(self, person: Person, participation_id: int, review_id: int) -> DecidedAll:
        review = await review_of(self.session, participation_id, review_id)
        shown = await show(self.session, person, review)
        if not shown.decides_for_region or review.choice is None:
            raise Forbidden
        for other in shown.alike:
            await self.same(person, review, other)
        return DecidedAll(len(shown.alike), await show(self.session, person, review))

    async def same(self, person: Person, review: Review, other: int) -> None:
        there = await show(self.session, person, await review_of(self.session, review.participation_id, other))
        draft = Draft(Subject.REVIEW, other, Choice(review.choice or ""), review.keep, there.seen)
        await self.decide(person, None, review.participation_id, draft, review.reason)
