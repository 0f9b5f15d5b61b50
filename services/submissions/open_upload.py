"""Opens the upload screen of one college: files sent from now on are for it."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Account, Person
from services.conversation.awaited import await_text
from services.conversation.models import Awaited
from services.db.clock import Clock
from services.events.queries import ParticipationView, participation_view
from services.kits.counts import KitCounts
from services.kits.queries import kit_counts
from services.submissions.window import require_open
from services.texts import load_texts

SCANS = "scans"
"""What an account with an open upload screen is awaited to send; no text answers it."""


class OpenUpload:
    """Raises Forbidden for people who do not work for the college, Refusal where it takes no scans (any more)."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(
        self, person: Person | None, account: Account | None, participation_id: int
    ) -> tuple[ParticipationView, KitCounts]:
        view = await participation_view(self.session, participation_id)
        await Access(self.session).require(person, Deed.WORK, view.participation)
        require_open(view.participation, view, self.clock.now(), load_texts(person.language if person else ""))
        if account is not None:
            await await_text(self.session, self.clock, account.id, SCANS, participation_id=participation_id)
        return view, await kit_counts(self.session, view.participation)


def opened_college(awaited: Awaited | None) -> int | None:
    """The participation whose upload screen is open."""
    return awaited.participation_id if awaited is not None and awaited.what == SCANS else None
