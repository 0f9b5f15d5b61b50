"""Hands out the event's files."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Person
from services.checklists.enter import enter, step_row
from services.checklists.queries import walk_of
from services.checklists.step import Kind, Step
from services.checklists.walk import Handout, Walk
from services.db.clock import Clock


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The files to send now: none where this press was answered before or the event has none."""

    walk: Walk
    step: Step | None
    files: tuple[Handout, ...]


class SendMaterials:
    """Sends all files of the event that this college may get, and writes down which.

    A button carries how often they were sent when it was made, so a double press sends them once, and "send again" is
    another button. Raises Forbidden.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, person: Person, participation_id: int, times_before: str) -> HandedOut:
        now = self.clock.now()
        _, walk = await enter(self.session, now, person, participation_id)
        step = walk.step_of(Kind.DOWNLOAD)
        if step is None or not walk.handouts or times_before != str(times_sent(walk, step)):
            return HandedOut(walk, step, ())
        row = await step_row(self.session, participation_id, step.id)
        keys = [handout.key for handout in walk.handouts]
        row.evidence = {**row.evidence, "sent": keys, "times": times_sent(walk, step) + 1, "at": now.isoformat()}
        await self.session.flush()
        return HandedOut(await walk_of(self.session, participation_id, now), step, walk.handouts)


def times_sent(walk: Walk, step: Step) -> int:
    """How often the files were sent to this college."""
    return int(walk.evidence.get(step.id, {}).get("times", 0))
