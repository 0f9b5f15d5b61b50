"""Opens a step to read and to work on."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.checklists.enter import enter
from services.checklists.expect_number import expect_number
from services.checklists.step import Step
from services.checklists.walk import Walk
from services.db.clock import Clock


@dataclass(frozen=True, slots=True)
class Opened:
    """A walk and the step to show; None where there is no such step or nothing is left to do."""

    walk: Walk
    step: Step | None


class OpenStep:
    """Reads only: whatever was pressed before, the step is shown as it stands. Raises Forbidden."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(
        self, person: Person | None, account: Account | None, participation_id: int, step_id: str = ""
    ) -> Opened:
        """The step with this id; without one, the step whose turn it is."""
        _, walk = await enter(self.session, self.clock.now(), person, participation_id)
        step = walk.step(step_id) or walk.current
        if step is not None:
            await expect_number(self.session, self.clock, account, walk, step)
        return Opened(walk, step)
