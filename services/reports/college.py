"""Shows a coordinator one college."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Person
from services.checklists.queries import walk_of
from services.checklists.walk import Walk
from services.db.clock import Clock
from services.events.queries import ParticipationView, participation_view
from services.notices.queries import ProblemCount, problems_met
from services.reports.queries import rows_of
from services.reports.standing import CollegeRow
from services.reviews.queries import ReviewView, decided_reviews, waiting_of
from services.tickets.queries import open_at


@dataclass(frozen=True, slots=True)
class CollegePage:
    """All that a coordinator sees of one college. `waiting` are open questions, `decisions` counts the others.

    `tickets` counts what the college is talking about with support; its words stay between them.
    """

    view: ParticipationView
    walk: Walk
    row: CollegeRow
    problems: tuple[ProblemCount, ...]
    now: datetime
    waiting: tuple[ReviewView, ...] = ()
    decisions: int = 0
    tickets: int = 0


class ShowCollege:
    """One college of the person's own region. Raises Forbidden for any other."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, person: Person | None, participation_id: int) -> CollegePage:
        view = await participation_view(self.session, participation_id)
        await Access(self.session).require(person, Deed.WATCH, view.participation)
        now = self.clock.now()
        (row,) = await rows_of(self.session, [(view.participation, view.organisation.name)])
        return CollegePage(
            view=view,
            walk=await walk_of(self.session, participation_id, now),
            row=row,
            problems=await problems_met(self.session, participation_id),
            now=now,
            waiting=await waiting_of(self.session, participation_id),
            decisions=len(await decided_reviews(self.session, participation_id)),
            tickets=await open_at(self.session, participation_id),
        )
