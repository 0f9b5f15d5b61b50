"""The pages that a technician's button is about."""

import re
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Person
from services.conversation.refusal import Forbidden, Refusal
from services.events.models import Participation
from services.kits.models import Kit, KitPage
from services.submissions.models import Page, Submission

ONE_PAGE, BATCH = "p", "b"
ABOUT = re.compile(r"([pb])([0-9]{1,17})", re.ASCII)


def of_page(page_id: int) -> str:
    """The argument of a button about one page."""
    return f"{ONE_PAGE}{page_id}"


def of_batch(batch_id: int) -> str:
    """The argument of a button about all pages of a batch."""
    return f"{BATCH}{batch_id}"


async def own_pages(
    session: AsyncSession, participation: Participation, argument: str, fits: Callable[[Page], bool]
) -> list[Page]:
    """The college's pages of that argument that fit, in their order. Raises Forbidden for forged ones."""
    found = ABOUT.fullmatch(argument)
    if found is None:
        raise Forbidden
    what, number = found.groups()
    wanted = (
        select(Page)
        .join(Submission, Submission.id == Page.submission_id)
        .where(Submission.participation_id == participation.id)
        .where((Page.id if what == ONE_PAGE else Submission.batch_id) == int(number))
        .order_by(Page.submission_id, Page.index)
    )
    pages = list(await session.scalars(wanted))
    if not pages:
        raise Forbidden
    return [page for page in pages if fits(page)]


async def counts_already(session: AsyncSession, participation: Participation, kit: str, number: int) -> bool:
    """True where a scan counts for this page of the kit."""
    counted = (
        select(KitPage.id)
        .join(Kit, Kit.id == KitPage.kit_id)
        .where(Kit.event_id == participation.event_id, Kit.number == kit, KitPage.number == number)
    )
    return await session.scalar(counted.limit(1)) is not None


async def require_open(session: AsyncSession, person: Person, participation: Participation) -> None:
    """Raises Forbidden for people who do not work here, Refusal after the finish."""
    await Access(session).require(person, Deed.WORK, participation)
    if participation.finished_at is not None:
        raise Refusal("review.refused.ask_finished")
