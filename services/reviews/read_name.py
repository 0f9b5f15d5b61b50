"""Reads the number of a kit and of its page as people type them from the print."""

import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from recognition.form import load_form
from services.db.clock import Clock
from services.events.models import Event, Participation
from services.kits.models import IssuedKit, Kit
from services.kits.owners import FindOwners
from services.kits.queries import owner_names
from services.reviews.own_pages import counts_already

MOST_LETTERS = 200
NAMED = re.compile(r"\D*?([0-9]{3,20})(?:\D+([0-9]{1,2}))?\D*", re.ASCII)


class NameFault(StrEnum):
    """Why the text names no page."""

    WORDS = "words"
    NO_PAGE = "no_page"
    LENGTH = "length"
    PAGE = "page"
    UNKNOWN = "unknown"
    OTHER_COLLEGE = "other_college"


@dataclass(frozen=True, slots=True)
class Named:
    """The coordinator is asked, or the page counts already and nobody is."""

    participation_id: int
    kit: str
    page: int
    counts_already: bool = False


class ReadName:
    """A number is plausible where it is a kit of the college, or could be one: as many digits as the others have."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, participation: Participation, text: str) -> Named | tuple[NameFault, dict[str, object]]:
        found = NAMED.fullmatch(" ".join(text.split())[:MOST_LETTERS])
        if found is None:
            return NameFault.WORDS, {}
        kit, at = found.groups()
        if at is None:
            return NameFault.NO_PAGE, {"kit": kit}
        pages, length = await self.expected(participation, kit)
        if length is not None and len(kit) != length:
            return NameFault.LENGTH, {"kit": kit, "digits": len(kit), "length": length}
        if not 1 <= int(at) <= pages:
            return NameFault.PAGE, {"kit": kit, "pages": pages}
        if fault := await self.of_others(participation, kit):
            return fault
        counted = await counts_already(self.session, participation, kit, int(at))
        return Named(participation.id, kit, int(at), counted)

    async def expected(self, participation: Participation, kit: str) -> tuple[int, int | None]:
        """How many pages the kit has, and how many digits the event's numbers have, as far as any is known."""
        event = await self.session.get_one(Event, participation.event_id)
        length, pages = None, load_form(event.form).pages
        for table in (Kit, IssuedKit):
            of_event = select(table.number, table.pages).where(table.event_id == event.id)
            if exact := (await self.session.execute(of_event.where(table.number == kit))).first():
                return exact.pages, len(kit)
            if some := (await self.session.execute(of_event.limit(1))).first():
                length = len(some.number)
        return pages, length

    async def of_others(self, participation: Participation, kit: str) -> tuple[NameFault, dict[str, object]] | None:
        """A kit of another college, or of none where the college's numbers are known."""
        owners = FindOwners(self.session, self.clock)
        issued = await owners.issued_to(participation.event_id, [kit])
        seen = select(Kit.participation_id).where(Kit.event_id == participation.event_id, Kit.number == kit)
        owner = issued.get(kit) or await self.session.scalar(seen)
        if owner is not None and owner != participation.id:
            names = await owner_names(self.session, participation, [kit])
            return NameFault.OTHER_COLLEGE, {"kit": kit, "college": names.get(kit, "")}
        if kit not in issued and await owners.expects_numbers(participation.id):
            return NameFault.UNKNOWN, {"kit": kit}
        return None
