"""For which college a person sends scans."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access
from services.accounts.models import Person
from services.conversation.refusal import Refusal
from services.events.queries import ParticipationView, participations_of
from services.submissions.models import Batch


class ChooseCollege:
    """The technician's only college, the one whose upload screen is open, or the one they sent to last.

    Raises Refusal where the person sends scans for no college.
    """

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def __call__(self, person: Person | None, opened: int | None) -> ParticipationView | None:
        """`opened` is the participation whose upload screen was opened last. None: the person must be asked."""
        if person is None:
            raise Refusal("upload.refused.stranger")
        own = await participations_of(self.session, person)
        if not own:
            raise Refusal(await self.why_not(person))
        if len(own) == 1:
            return own[0]
        return named(own, opened) or named(own, await self.last_used(person))

    async def why_not(self, person: Person) -> str:
        watches = await Access(self.session).watched_regions(person)
        return "upload.refused.coordinator" if watches else "upload.refused.no_college"

    async def last_used(self, person: Person) -> int | None:
        last = select(Batch.participation_id).where(Batch.person_id == person.id).order_by(Batch.id.desc()).limit(1)
        return await self.session.scalar(last)


def named(own: Sequence[ParticipationView], participation_id: int | None) -> ParticipationView | None:
    return next((view for view in own if view.participation.id == participation_id), None)
