"""Declares N, the number of participants."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account, Person
from services.audit.record import record
from services.checklists import rules
from services.checklists.enter import enter, mark_done, step_row
from services.checklists.expect_number import expect_number
from services.checklists.open_step import Opened
from services.checklists.queries import walk_of
from services.checklists.read_number import NumberFault, read_number
from services.checklists.step import Kind, Step
from services.checklists.walk import Walk
from services.conversation.awaited import stop_awaiting
from services.db.clock import Clock
from services.events.models import Participation
from services.events.rules import Window
from services.kits.settle_places import SettlePlaces


class Fixed(StrEnum):
    """Why N cannot be changed any more."""

    PAGES_COUNTED = "pages_counted"
    FINISHED = "finished"
    WINDOW_OVER = "window_over"


@dataclass(frozen=True, slots=True)
class NotSet:
    """N is as it was: the text is no number, or N is fixed."""

    walk: Walk
    step: Step
    why: NumberFault | Fixed


class SetParticipants:
    """Sets N from a typed text or a button and makes the N places of the ledger.

    N may change until the first page counts for it. The same N again changes nothing. Raises Forbidden.
    """

    def __init__(self, session: AsyncSession, clock: Clock, settle: SettlePlaces) -> None:
        self.session = session
        self.clock = clock
        self.settle = settle

    async def __call__(
        self, person: Person, account: Account | None, participation_id: int, text: str
    ) -> Opened | NotSet:
        now = self.clock.now()
        participation, walk = await enter(self.session, now, person, participation_id)
        step, number = walk.step_of(Kind.PARTICIPANTS), read_number(text)
        if step is None:
            return Opened(walk, None)
        if isinstance(number, NumberFault):
            await expect_number(self.session, self.clock, account, walk, step)
            return NotSet(walk, step, number)
        if number != participation.declared:
            fixed = why_fixed(walk)
            if fixed is not None:
                return NotSet(walk, step, fixed)
            await self.declare(participation, person, step, number)
            walk = await walk_of(self.session, participation_id, now)
        if account is not None:
            await stop_awaiting(self.session, account.id)
        return Opened(walk, walk.current)

    async def declare(self, participation: Participation, person: Person, step: Step, number: int) -> None:
        before, participation.declared = participation.declared, number
        await self.session.flush()
        await self.settle(participation)
        mark_done(await step_row(self.session, participation.id, step.id), self.clock.now(), person, number=number)
        record(
            self.session,
            self.clock,
            "participants.set",
            person=person,
            participation_id=participation.id,
            before=before,
            after=number,
        )
        await self.session.flush()


def why_fixed(walk: Walk) -> Fixed | None:
    if walk.finished:
        return Fixed.FINISHED
    if walk.window == Window.OVER:
        return Fixed.WINDOW_OVER
    may = rules.may_change_participants(walk.counts.declared, pages_counted=walk.pages_counted, finished=False)
    return None if may else Fixed.PAGES_COUNTED
