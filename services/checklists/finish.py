"""Finishes a college's trial."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Deed
from services.accounts.models import Person
from services.audit.record import record
from services.checklists.enter import enter
from services.checklists.queries import walk_of
from services.checklists.walk import Walk
from services.db.clock import Clock
from services.events.models import Participation, ParticipationState
from services.notices.completed import TellCompleted


@dataclass(frozen=True, slots=True)
class Finished:
    """The trial is finished; `just_now` only for the press that did it."""

    walk: Walk
    just_now: bool


@dataclass(frozen=True, slots=True)
class NotYet:
    """Kits are missing or the window is closed; nothing has changed."""

    walk: Walk


class Finish:
    """Closes a college's trial when its kits are N of N (the Order, 2.2, step 11) and tells the coordinators.

    Pressed twice it answers the same and tells once: whoever comes second waits for the lock and finds it finished.
    Raises Forbidden.
    """

    def __init__(self, session: AsyncSession, clock: Clock, tell: TellCompleted) -> None:
        self.session = session
        self.clock = clock
        self.tell = tell

    async def __call__(self, person: Person, participation_id: int) -> Finished | NotYet:
        now = self.clock.now()
        participation, walk = await enter(self.session, now, person, participation_id, Deed.FINISH)
        if walk.finished:
            return Finished(walk, just_now=False)
        if not walk.may_finish:
            return NotYet(walk)
        await self.close(participation, person)
        await self.tell(participation)
        return Finished(await walk_of(self.session, participation_id, now), just_now=True)

    async def close(self, participation: Participation, person: Person) -> None:
        participation.state = ParticipationState.FINISHED
        participation.finished_at, participation.finished_by = self.clock.now(), person.id
        participation.finishes += 1
        record(self.session, self.clock, "finished", person=person, participation_id=participation.id)
        await self.session.flush()
