"""Asks why, before a decision takes effect."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.conversation.awaited import await_text
from services.conversation.refusal import Forbidden
from services.db.clock import Clock
from services.events.models import Event
from services.events.queries import lock_participation
from services.kits.counts import KitCounts
from services.kits.queries import kit_counts
from services.reviews.draft import Draft, Subject
from services.reviews.models import ReviewKind
from services.reviews.refused import require_possible
from services.reviews.shown import Shown, require_decider, show
from services.reviews.subject import FindSubject

REASON = "reason"
"""What the awaited text answers."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The decision that waits for its reason, with the ledger that it will change."""

    shown: Shown
    draft: Draft
    counts: KitCounts


class AskReason:
    """Nothing is changed yet. What is decided already, or is not what the person looked at, is shown as it stands.

    Raises Forbidden and Refusal.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(
        self, person: Person, account: Account | None, participation_id: int, draft: Draft | None
    ) -> Asked | Shown:
        if draft is None:
            raise Forbidden
        participation = await lock_participation(self.session, participation_id)
        review = await FindSubject(self.session, self.clock)(participation, draft)
        await require_decider(self.session, person, review)
        event = await self.session.get_one(Event, participation.event_id)
        require_possible(ReviewKind(review.kind), participation, event, self.clock.now(), draft)
        shown = await show(self.session, person, review)
        if review.choice is not None or (draft.subject == Subject.REVIEW and draft.seen != shown.seen):
            return shown
        if account is not None:
            detail = {"draft": draft.pack()}
            await await_text(
                self.session, self.clock, account.id, REASON, participation_id=participation.id, detail=detail
            )
        return Asked(shown, draft, await kit_counts(self.session, participation))
