"""Notes that the technician has told the coordinator by themselves."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.audit.record import record
from services.checklists.enter import enter, mark_done, step_row
from services.checklists.open_step import Opened
from services.checklists.queries import walk_of
from services.checklists.step import Kind
from services.db.clock import Clock


class ReportSelf:
    """The last step by hand: the Order lets the college tell its coordinator in any way (2.2, step 12).

    Only after the finish, and not where the bot has told already. A second press changes nothing. Raises Forbidden.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, person: Person, participation_id: int) -> Opened:
        now = self.clock.now()
        _, walk = await enter(self.session, now, person, participation_id)
        step = walk.step_of(Kind.NOTICE)
        if step is None or not walk.finished or walk.coordinator_knows:
            return Opened(walk, step)
        mark_done(await step_row(self.session, participation_id, step.id), now, person, reported_self=True)
        record(self.session, self.clock, "notice.reported_self", person=person, participation_id=participation_id)
        await self.session.flush()
        return Opened(await walk_of(self.session, participation_id, now), step)
