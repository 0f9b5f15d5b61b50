"""Puts a question to the coordinator, once."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.audit.record import record
from services.db.clock import Clock
from services.db.insert import insert_once
from services.kits.settle_pages import Conflict
from services.reviews.models import Review, ReviewKind


class OpenReview:
    """A second call with the same subject finds the first one's row. A decided one opens again where its subject has
    come back: a third sheet, another proposal. The participation is locked by the caller.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def of_sheets(self, participation_id: int, conflict: Conflict) -> tuple[Review, bool]:
        """The question which of the sheets stays; True where it has just been put (again)."""
        return await self.put(
            participation_id, ReviewKind.TWO_SHEETS, kit_id=conflict.kit_id, page_number=conflict.number
        )

    async def of_page(
        self, participation_id: int, kind: ReviewKind, page_id: int, asked_by: int, proposal: dict[str, Any]
    ) -> tuple[Review, bool]:
        """The question whether a page may count, or is the one that the technician says."""
        review, new = await self.put(participation_id, kind, page_id=page_id, asked_by=asked_by)
        review.asked_by, review.proposal = asked_by, proposal
        await self.session.flush()
        return review, new

    async def proposal_of(self, kind: ReviewKind, page_id: int) -> dict[str, Any] | None:
        """What was asked of this page before; None where nothing was."""
        return await self.session.scalar(select(Review.proposal).filter_by(kind=kind, page_id=page_id))

    async def of_college(
        self, participation_id: int, kind: ReviewKind, asked_by: int, proposal: dict[str, Any]
    ) -> tuple[Review, bool]:
        """The question of another N: one at a time, so that a second number takes the place of the first."""
        waiting = select(Review).filter_by(participation_id=participation_id, kind=kind, choice=None)
        review = await self.session.scalar(waiting.limit(1))
        if review is None:
            review = Review(participation_id=participation_id, kind=kind, asked_at=self.clock.now())
            self.session.add(review)
        new = review.proposal != proposal or review.asked_by != asked_by
        review.asked_by, review.proposal = asked_by, proposal
        await self.session.flush()
        if new:
            self.write_down(review)
        return review, new

    async def put(
        self, participation_id: int, kind: ReviewKind, *, asked_by: int | None = None, **subject: int
    ) -> tuple[Review, bool]:
        new = await insert_once(
            self.session,
            Review,
            participation_id=participation_id,
            kind=kind,
            asked_by=asked_by,
            asked_at=self.clock.now(),
            **subject,
        )
        review = (await self.session.scalars(select(Review).filter_by(kind=kind, **subject))).one()
        if not new and review.choice is not None:
            self.open_again(review)
            new = True
        if new:
            self.write_down(review)
        await self.session.flush()
        return review, new

    def write_down(self, review: Review) -> None:
        record(
            self.session,
            self.clock,
            f"review.{review.kind}.asked",
            participation_id=review.participation_id,
            review=review.id,
        )

    def open_again(self, review: Review) -> None:
        """What was decided stays in the audit."""
        review.choice = review.keep = review.decided_by = review.decided_at = None
        review.reason, review.asked_at = "", self.clock.now()
