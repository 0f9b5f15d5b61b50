"""Counts the pages of a file for their kits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from recognition.codes import Verdict
from services.db.clock import Clock
from services.events.models import Event, Participation
from services.kits.credit import Credit
from services.kits.owners import FindOwners
from services.kits.place_scans import PlaceScans
from services.kits.placement import Pair
from services.kits.settle_pages import Conflict, SettlePages
from services.submissions.models import Page

NAMED = (Verdict.OK, Verdict.WARNING, Verdict.REJECTED)
"""A faulty scan of a named page counts for nothing, but its sheet is known all the same: a second sheet with its number
is a double print.
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the pages have led to: the conflicts of their kits; or the comparisons to be made first."""

    conflicts: list[Conflict] = field(default_factory=list)
    lacking: list[Pair] = field(default_factory=list)


class CountPages:
    """The kit ledger: each page of a kit counts once, whatever is scanned again; each kit belongs to one college.

    The participation is locked by the caller. Writes `credit` into the rows. A kit that becomes whole takes a place;
    where none is free it is surplus, and so is every page of it from then on. While comparisons are `lacking` nothing
    counts, unless the caller says `anyway`: then those pages count as ones that cannot be told apart.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.find_owners = FindOwners(session, clock)
        self.place = PlaceScans(session, clock)
        self.settle = SettlePages(session, clock)

    async def __call__(
        self, participation: Participation, event: Event, pages: Sequence[Page], *, anyway: bool = False
    ) -> Counted:
        named = [page for page in pages if is_named(page, event.code)]
        lengths = {page.kit_number or "": page.report.get("pages") or event.form["pages"] for page in named}
        owned = await self.find_owners(participation, lengths)
        own = [page for page in named if page.kit_number in owned.kits]
        if not anyway and (lacking := await self.place.lacking(owned.kits, own)):
            return Counted(lacking=lacking)
        credit_others(event, pages, owned.refused)
        await self.place(owned.kits, own)
        return Counted(conflicts=await self.settle(participation, [kit.id for kit in owned.kits.values()]))


def credit_others(event: Event, pages: Sequence[Page], refused: Mapping[str, Credit]) -> None:
    """Pages that the college's own kits do not want."""
    for page in pages:
        if is_of_other_event(page, event.code):
            page.credit = Credit.OTHER_EVENT
        elif is_named(page, event.code):
            page.credit = refused.get(page.kit_number or "", Credit.NONE)


def is_named(page: Page, event_code: str) -> bool:
    """True where the page says which page of which kit of this event it is."""
    has_name = page.kit_number is not None and page.page_number is not None and page.verdict in NAMED
    return has_name and not is_of_other_event(page, event_code)


def is_of_other_event(page: Page, event_code: str) -> bool:
    """True where the page names an event that is not this one; a form may name none."""
    return page.report.get("event") not in (None, event_code)
