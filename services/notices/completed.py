"""Tells the coordinators of a region that a college has finished."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.events.models import Participation
from services.events.queries import participation_view
from services.notices import screens
from services.notices.queries import COMPLETED, completion_of
from services.notices.tell_region import TellRegion
from services.outbox.outbox import Outbox


class TellCompleted:
    """One notice per coordinator and finish, in the finish's own transaction; a second call for it is silent.

    Where nobody can be reached, no message of its own says so: the card under the news of the finish does, and a
    message from here would stand above that news.
    """

    def __init__(self, session: AsyncSession, clock: Clock, outbox: Outbox) -> None:
        self.session = session
        self.tell = TellRegion(session, clock, outbox)

    async def __call__(self, participation: Participation) -> None:
        view = await participation_view(self.session, participation.id)
        done = await completion_of(self.session, view)
        await self.tell(view, COMPLETED, participation.finishes, lambda texts: (screens.completed(texts, done),))
