"""Decides a question: with a reason, once, to be taken back until the finish."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.audit.models import AuditEntry
from services.audit.record import record
from services.conversation.awaited import stop_awaiting
from services.conversation.refusal import Forbidden
from services.db.clock import Clock
from services.events.models import Event, Participation
from services.events.queries import lock_participation
from services.outbox.outbox import Outbox
from services.reviews.draft import Draft, Subject
from services.reviews.models import Choice, Review, ReviewKind
from services.reviews.raise_alarm import RaiseAlarm
from services.reviews.refused import require_possible
from services.reviews.shown import Shown, require_decider, show
from services.reviews.subject import FindSubject
from services.reviews.take_effect import TakeEffect
from services.reviews.tell_decision import TellDecision

CHOICES = {
    ReviewKind.TWO_SHEETS: (Choice.KEEP, Choice.NEITHER),
    ReviewKind.ACCEPT_PAGE: (Choice.YES, Choice.NO),
    ReviewKind.IDENTIFY_PAGE: (Choice.YES, Choice.NO),
    ReviewKind.KIT_ASIDE: (Choice.YES,),
    ReviewKind.PARTICIPANTS: (Choice.YES, Choice.NO),
    ReviewKind.REOPEN: (Choice.YES,),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """How the review stands; `just_now` where this person's own press decided it so, also when it came twice."""

    shown: Shown
    just_now: bool


class Decide:
    """The ledger, the audit, the technician's news and the ticket's line, all in one transaction.

    Of two people at once the second one finds it decided; so does who decides on something else than they looked at.
    Raises Forbidden and Refusal.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.clock = clock
        self.outbox = outbox

    async def __call__(
        self, person: Person, account: Account | None, participation_id: int, draft: Draft, reason: str
    ) -> Decided:
        participation = await lock_participation(self.session, participation_id)
        review = await FindSubject(self.session, self.clock)(participation, draft)
        await require_decider(self.session, person, review)
        event = await self.session.get_one(Event, participation.event_id)
        require_possible(ReviewKind(review.kind), participation, event, self.clock.now(), draft)
        if account is not None:
            await stop_awaiting(self.session, account.id)
        shown = await show(self.session, person, review, alone=True)
        if review.choice is not None or (draft.subject == Subject.REVIEW and draft.seen != shown.seen):
            return Decided(await show(self.session, person, review), just_now=is_own(review, person, draft))
        require_known(shown, draft)
        occasion = await self.decide(person, participation, [review], draft, reason)
        await TellDecision(self.session, self.clock, self.outbox)(review, person, occasion)
        return Decided(await show(self.session, person, review), just_now=True)

    async def decide(
        self, person: Person, participation: Participation, reviews: Sequence[Review], draft: Draft, reason: str
    ) -> int:
        """Gives these reviews one answer and settles the ledger once; who has asked is told by the caller. Returns the
        occasion to tell of.
        """
        for review in reviews:
            if draft.subject == Subject.NUMBER:
                review.proposal = {"participants": draft.id}
            review.choice, review.keep, review.reason = draft.choice, draft.keep, reason
            review.decided_by, review.decided_at = person.id, self.clock.now()
        self.session.add_all(reviews)
        await self.session.flush()
        conflicts = await TakeEffect(self.session, self.clock)(participation, reviews)
        occasion = [self.write_down(person, review) for review in reviews][-1]
        await self.session.flush()
        await RaiseAlarm(self.session, self.clock, self.outbox)(
            participation, conflicts, reviews[0].asked_by or person.id
        )
        return occasion.id

    def write_down(self, person: Person, review: Review) -> AuditEntry:
        return record(
            self.session,
            self.clock,
            f"review.{review.kind}.decided",
            person=person,
            participation_id=review.participation_id,
            review=review.id,
            choice=review.choice,
            keep=review.keep,
            subject={"kit": review.kit_id, "page": review.page_id, **review.proposal},
        )


def is_own(review: Review, person: Person, draft: Draft | None) -> bool:
    """True where the review stands decided by this person just as the draft says: a second press of one button."""
    if draft is None or review.choice is None:
        return False
    return review.decided_by == person.id and (review.choice, review.keep) == (draft.choice, draft.keep)


def require_known(shown: Shown, draft: Draft) -> None:
    """Raises Forbidden for an answer that the question does not have."""
    if draft.choice not in CHOICES[ReviewKind(shown.review.kind)]:
        raise Forbidden
    if draft.keep is not None and draft.keep not in {sheet.ordinal for sheet in shown.view.sheets}:
        raise Forbidden
