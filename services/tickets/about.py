"""What a button says that a question is about, and what the machine makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.checklists.variants import checklist_of
from services.events.models import Participation
from services.submissions.deeds import Deed, deed
from services.submissions.models import Batch
from services.submissions.queries import batch_view, submissions_of

QUESTION = "question"
STEP = "step"
PAGE = "page"


@dataclass(frozen=True, slots=True)
class About:
    """A reason by its code, and the subject that a ticket's row keeps."""

    reason: str = QUESTION
    subject: Mapping[str, Any] = field(default_factory=dict)


async def about(session: AsyncSession, participation: Participation | None, argument: str) -> About:
    """`step.print` is a step, `page.12` the sheets of a batch.

    Buttons can be forged: what is not the college's own is a question about nothing in particular.
    """
    reason, _, value = argument.partition(".")
    if participation is None:
        return About()
    if reason == STEP and any(step.id == value for step in checklist_of(participation.variant) or ()):
        return About(STEP, {"step": value})
    if reason == PAGE and value.isascii() and value.isdigit() and len(value) < 19:
        return await sheets(session, participation, int(value))
    return About()


async def sheets(session: AsyncSession, participation: Participation, batch_id: int) -> About:
    """The first sheet of a batch that support must decide on, else its worst one, with the file it lies in."""
    batch = await session.get(Batch, batch_id)
    if batch is None or batch.participation_id != participation.id:
        return About()
    view = await batch_view(session, batch, await submissions_of(session, batch.id))
    page = next((page for page in view.bad_pages if deed(page) == Deed.ASK), next(iter(view.bad_pages), None))
    if page is None:
        return About(PAGE, {"batch": batch.id, "file": view.files[0].name if view.files else ""})
    return About(PAGE, {"batch": batch.id, "file": page.file, "kit": page.kit, "page": page.page})
