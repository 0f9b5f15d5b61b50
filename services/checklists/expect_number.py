"""Waiting for the number of participants to be typed."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.models import Account
from services.checklists import rules
from services.checklists.step import Kind, Step
from services.checklists.walk import Walk
from services.conversation.awaited import await_text
from services.db.clock import Clock

PARTICIPANTS = "participants"
"""What the awaited text answers."""


async def expect_number(session: AsyncSession, clock: Clock, account: Account | None, walk: Walk, step: Step) -> None:
    """While the step that asks for N is on the screen, a typed number answers it, like its button."""
    if account is None or step.kind != Kind.PARTICIPANTS:
        return
    if rules.may_change_participants(walk.counts.declared, pages_counted=walk.pages_counted, finished=walk.finished):
        await await_text(session, clock, account.id, PARTICIPANTS, participation_id=walk.participation)
