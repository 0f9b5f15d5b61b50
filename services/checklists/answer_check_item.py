"""Answers one question of a self-check."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.checklists import rules
from services.checklists.enter import enter, step_row
from services.checklists.queries import walk_of
from services.checklists.rules import Standing
from services.checklists.step import CheckItem, Step
from services.checklists.walk import Walk
from services.db.clock import Clock
from services.events.rules import Window


@dataclass(frozen=True, slots=True)
class Asked:
    """A self-check and the item to ask next; None when each is answered, or when the step cannot be worked on."""

    walk: Walk
    step: Step
    item: CheckItem | None


class AnswerCheckItem:
    """Writes an answer down. Answering again replaces it; a step already marked stays as it is. Raises Forbidden."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, person: Person, participation_id: int, item_id: str, answer: str) -> Asked | None:
        """`answer` is `yes` or `no`; anything else only shows the item. None: no step has such an item."""
        now = self.clock.now()
        _, walk = await enter(self.session, now, person, participation_id)
        found = find_item(walk, item_id)
        if found is None:
            return None
        step, item = found
        if walk.standing(step) != Standing.NOW or walk.finished or walk.window == Window.OVER:
            return Asked(walk, step, None)
        if answer not in (rules.YES, rules.NO):
            return Asked(walk, step, item)
        row = await step_row(self.session, participation_id, step.id)
        row.evidence = {**row.evidence, "answers": {**walk.answers(step), item.id: answer}}
        await self.session.flush()
        walk = await walk_of(self.session, participation_id, now)
        return Asked(walk, step, following(walk, step, item))


def find_item(walk: Walk, item_id: str) -> tuple[Step, CheckItem] | None:
    return next(((step, item) for step in walk.checklist for item in step.items if item.id == item_id), None)


def following(walk: Walk, step: Step, item: CheckItem) -> CheckItem | None:
    """The next item without an answer after this one, then those before it."""
    place = step.items.index(item)
    left = rules.unanswered(step, walk.answers(step))
    return next((other for other in (*step.items[place + 1 :], *step.items[:place]) if other in left), None)
