"""Whether a college has confirmed that its kits are filled: until then its files are test scans."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.checklists.models import ChecklistStep
from services.checklists.step import Kind
from services.checklists.variants import checklist_of
from services.events.models import Participation

DONE = "done"


async def is_filled(session: AsyncSession, participation: Participation) -> bool:
    """True where the step that asks for it is marked, or where the college's checklist has no such step."""
    step = next((step for step in checklist_of(participation.variant) or () if step.kind == Kind.FILL), None)
    if step is None:
        return True
    marked = select(ChecklistStep.id).where(
        ChecklistStep.participation_id == participation.id,
        ChecklistStep.step == step.id,
        ChecklistStep.state == DONE,
    )
    return await session.scalar(marked) is not None
