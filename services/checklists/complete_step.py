"""Marks a step as done by the word of the person."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.audit.record import record
from services.checklists import rules
from services.checklists.enter import enter, mark_done, step_row
from services.checklists.expect_number import expect_number
from services.checklists.open_step import Opened
from services.checklists.queries import walk_of
from services.checklists.step import Step
from services.checklists.walk import Walk
from services.db.clock import Clock
from services.events.rules import Window


class CompleteStep:
    """Marks a step whose turn it is and goes on to the next one.

    A second press finds the step done and shows the same next one. A self-check must be answered item by item; where a
    minimum is lacking, only a person who goes on `knowingly` gets past it, and that is written down. Raises Forbidden.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(
        self,
        person: Person,
        account: Account | None,
        participation_id: int,
        step_id: str,
        *,
        knowingly: bool = False,
    ) -> Opened:
        now = self.clock.now()
        _, walk = await enter(self.session, now, person, participation_id)
        step = walk.step(step_id)
        if step is None or not (step.id in walk.done or self.may_mark(walk, step, knowingly=knowingly)):
            return Opened(walk, step)
        if step.id not in walk.done:
            row = await step_row(self.session, participation_id, step.id)
            mark_done(row, now, person, **({"knowingly": True} if knowingly else {}))
            record(
                self.session, self.clock, "step.done", person=person, participation_id=participation_id, step=step.id
            )
            await self.session.flush()
            walk = await walk_of(self.session, participation_id, now)
        return await self.next(walk, account)

    def may_mark(self, walk: Walk, step: Step, *, knowingly: bool) -> bool:
        answers = walk.answers(step)
        return (
            rules.may_mark(walk.checklist, step, walk.done, walk.counts, finished=walk.finished)
            and walk.window != Window.OVER
            and not rules.unanswered(step, answers)
            and (knowingly or not rules.lacking(step, answers))
        )

    async def next(self, walk: Walk, account: Account | None) -> Opened:
        if walk.current is not None:
            await expect_number(self.session, self.clock, account, walk, walk.current)
        return Opened(walk, walk.current)
