"""Takes a step's mark back."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.audit.record import record
from services.checklists import rules
from services.checklists.enter import enter, step_row
from services.checklists.open_step import Opened
from services.checklists.queries import BEGUN, walk_of
from services.db.clock import Clock
from services.events.rules import Window


class UndoStep:
    """Until the trial is finished a person may find that a step was not done after all.

    Answers stay and can be changed; later marks stay too. A second press changes nothing. Raises Forbidden.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, person: Person, participation_id: int, step_id: str) -> Opened:
        now = self.clock.now()
        _, walk = await enter(self.session, now, person, participation_id)
        step = walk.step(step_id)
        may = step is not None and rules.may_undo(step, walk.done, finished=walk.finished)
        if step is None or not may or walk.window == Window.OVER:
            return Opened(walk, step)
        row = await step_row(self.session, participation_id, step.id)
        row.state, row.done_at, row.done_by = BEGUN, None, None
        row.evidence = {name: value for name, value in row.evidence.items() if name != "knowingly"}
        record(self.session, self.clock, "step.undone", person=person, participation_id=participation_id, step=step.id)
        await self.session.flush()
        return Opened(await walk_of(self.session, participation_id, now), step)
