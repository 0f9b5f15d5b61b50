"""Whose a kit is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.db.clock import Clock
from services.db.insert import insert_once
from services.events.models import Participation
from services.kits.credit import Credit
from services.kits.models import IssuedKit, Kit
from services.kits.rules import by_number


@dataclass(frozen=True, slots=True)
class Owned:
    """The kits of these pages that are the college's own, by number, and why each other one is not."""

    kits: dict[str, Kit] = field(default_factory=dict)
    refused: dict[str, Credit] = field(default_factory=dict)


class FindOwners:
    """Where a college's print file is known, its numbers are its own and no others are; otherwise a number belongs to
    the college that scans it first.

    Kits are claimed in the order of their numbers: two colleges that claim the same ones cannot block each other.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, participation: Participation, lengths: Mapping[str, int]) -> Owned:
        """`lengths` maps the numbers of kits to how many pages each has."""
        owners = await self.issued_to(participation.event_id, lengths)
        expects = await self.expects_numbers(participation.id)
        refused: dict[str, Credit] = {}
        for number in lengths:
            owner = owners.get(number)
            if owner not in (None, participation.id):
                refused[number] = Credit.OTHER_COLLEGE
            elif owner is None and expects:
                refused[number] = Credit.UNKNOWN_KIT
        kits = await self.claim(participation, {number: lengths[number] for number in lengths if number not in refused})
        refused |= {number: Credit.OTHER_COLLEGE for number, kit in kits.items() if not owned_by(kit, participation)}
        return Owned({number: kit for number, kit in kits.items() if owned_by(kit, participation)}, refused)

    async def issued_to(self, event_id: int, numbers: Collection[str]) -> dict[str, int]:
        rows = await self.session.execute(
            select(IssuedKit.number, IssuedKit.participation_id).where(
                IssuedKit.event_id == event_id, IssuedKit.number.in_(numbers)
            )
        )
        return dict(rows.all())

    async def expects_numbers(self, participation_id: int) -> bool:
        first = select(IssuedKit.id).where(IssuedKit.participation_id == participation_id).limit(1)
        return await self.session.scalar(first) is not None

    async def claim(self, participation: Participation, lengths: Mapping[str, int]) -> dict[str, Kit]:
        for number in sorted(lengths, key=by_number):
            await insert_once(
                self.session,
                Kit,
                event_id=participation.event_id,
                participation_id=participation.id,
                number=number,
                pages=lengths[number],
                first_seen_at=self.clock.now(),
            )
        found = await self.session.scalars(
            select(Kit).where(Kit.event_id == participation.event_id, Kit.number.in_(lengths))
        )
        return {kit.number: kit for kit in found}


def owned_by(kit: Kit, participation: Participation) -> bool:
    return kit.participation_id == participation.id
