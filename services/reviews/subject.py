"""Turns a draft into the review that it is about."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checklists.read_number import HIGHEST, LOWEST
from services.conversation.refusal import Forbidden
from services.db.clock import Clock
from services.events.models import Participation
from services.kits.models import Kit, KitState
from services.reviews.draft import Draft, Subject
from services.reviews.models import Review, ReviewKind
from services.reviews.shown import review_of


class FindSubject:
    """The review of a draft: the row that is there, or one that nobody has added yet.

    A kit, another N and a reopening are questions that the person who decides puts to themselves; they are added when
    they are decided. Raises Forbidden for what is not this college's.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, participation: Participation, draft: Draft) -> Review:
        if draft.subject == Subject.REVIEW:
            return await review_of(self.session, participation.id, draft.id)
        if draft.subject == Subject.KIT:
            return await self.of_kit(participation, draft.id)
        if draft.subject == Subject.NUMBER:
            return await self.of_number(participation, draft.id)
        return self.new(participation, ReviewKind.REOPEN)

    async def of_kit(self, participation: Participation, kit_id: int) -> Review:
        kit = await self.session.get(Kit, kit_id)
        if kit is None or kit.participation_id != participation.id:
            raise Forbidden
        there = await self.session.scalar(select(Review).filter_by(kind=ReviewKind.KIT_ASIDE, kit_id=kit_id))
        if there is None and kit.state == KitState.ASIDE:
            raise Forbidden
        return there or self.new(participation, ReviewKind.KIT_ASIDE, kit_id=kit_id)

    async def of_number(self, participation: Participation, number: int) -> Review:
        """A number that the college has asked for is decided with it."""
        if not LOWEST <= number <= HIGHEST:
            raise Forbidden
        waiting = select(Review).filter_by(participation_id=participation.id, kind=ReviewKind.PARTICIPANTS, choice=None)
        there = await self.session.scalar(waiting.limit(1))
        return there or self.new(participation, ReviewKind.PARTICIPANTS, proposal={"participants": number})

    def new(self, participation: Participation, kind: ReviewKind, **subject: Any) -> Review:
        subject = {"proposal": {}, **subject}
        return Review(participation_id=participation.id, kind=kind, asked_at=self.clock.now(), **subject)
