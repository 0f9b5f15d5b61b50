"""How every use case of the checklist begins: the participation locked, the role asked, the state read."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Person
from services.checklists.models import ChecklistStep
from services.checklists.queries import BEGUN, DONE, walk_of
from services.checklists.walk import Walk
from services.events.models import Participation
from services.events.queries import lock_participation


async def enter(
    session: AsyncSession, now: datetime, person: Person | None, participation_id: int, deed: Deed = Deed.WORK
) -> tuple[Participation, Walk]:
    """The participation, locked until the transaction ends, and its walk. Raises Forbidden."""
    participation = await lock_participation(session, participation_id)
    await Access(session).require(person, deed, participation)
    participation.started_at = participation.started_at or now
    return participation, await walk_of(session, participation_id, now)


async def step_row(session: AsyncSession, participation_id: int, step_id: str) -> ChecklistStep:
    """The row of a step, made where there is none yet. Call it under the lock."""
    row = await session.scalar(
        select(ChecklistStep).where(ChecklistStep.participation_id == participation_id, ChecklistStep.step == step_id)
    )
    if row is None:
        row = ChecklistStep(participation_id=participation_id, step=step_id, state=BEGUN, evidence={})
        session.add(row)
        await session.flush()
    return row


def mark_done(row: ChecklistStep, now: datetime, person: Person, **evidence: Any) -> None:
    """Marks a step and adds to its evidence."""
    row.state, row.done_at, row.done_by = DONE, now, person.id
    row.evidence = {**row.evidence, **evidence}
