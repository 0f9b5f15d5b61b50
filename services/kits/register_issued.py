"""Writes down which kits a college was given to print."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.audit.record import record
from services.db.clock import Clock
from services.db.insert import insert_once
from services.events.models import Participation
from services.kits.issued import PrintFault, PrintFile, Unfit
from services.kits.issued_reading import Reading
from services.kits.models import IssuedKit, Kit
from services.kits.owners import FindOwners
from services.kits.queries import kits_of, owner_names
from services.kits.rules import by_number


class RegisterIssued:
    """A number stands in one file of one college: a second file with it would be a second print of the same sheets (the
    Order, 1). The same file again changes nothing, another one adds.

    The participation is locked by the caller. Kits that were scanned before their list came stay as they are and are
    named in the reading.
    """

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    async def __call__(self, participation: Participation, print_hash: str, file: PrintFile) -> Reading | Unfit:
        if unfit := await self.unfit(participation, print_hash, file):
            return unfit
        new: list[str] = []
        for number in sorted(file.kits, key=by_number):
            is_new = await insert_once(
                self.session,
                IssuedKit,
                event_id=participation.event_id,
                participation_id=participation.id,
                number=number,
                pages=file.kits[number],
                print_hash=print_hash,
                issued_at=self.clock.now(),
            )
            new += [number] if is_new else []
        if unfit := await self.unfit(participation, print_hash, file):
            await self.withdraw(participation, new)
            return unfit
        if new:
            record(self.session, self.clock, "kits.issued", participation_id=participation.id, kits=len(new))
        await self.session.flush()
        return await self.reading(participation, file)

    async def withdraw(self, participation: Participation, numbers: Collection[str]) -> None:
        """Another college has registered some of the numbers at the same moment: nothing of the file is taken."""
        own = IssuedKit.participation_id == participation.id
        await self.session.execute(delete(IssuedKit).where(own, IssuedKit.number.in_(numbers)))

    async def unfit(self, participation: Participation, print_hash: str, file: PrintFile) -> Unfit | None:
        owners = await FindOwners(self.session, self.clock).issued_to(participation.event_id, file.numbers)
        others = [number for number, owner in owners.items() if owner != participation.id]
        if others:
            names = await owner_names(self.session, participation, others)
            first = min(others, key=by_number)
            return Unfit(PrintFault.OTHER_COLLEGE, {"kit": first, "kits": len(others), "college": names.get(first, "")})
        before = await self.session.scalars(
            select(IssuedKit.number).where(
                IssuedKit.participation_id == participation.id,
                IssuedKit.number.in_(file.numbers),
                IssuedKit.print_hash != print_hash,
            )
        )
        if again := sorted(before, key=by_number):
            return Unfit(PrintFault.PRINTED_BEFORE, {"kit": again[0], "kits": len(again)})
        return None

    async def reading(self, participation: Participation, file: PrintFile) -> Reading:
        issued = await self.session.scalars(
            select(IssuedKit.number).where(IssuedKit.participation_id == participation.id)
        )
        known = set(issued)
        own = [kit.number for kit in await kits_of(self.session, participation.id)]
        return Reading(
            numbers=tuple(file.numbers),
            issued=len(known),
            participants=participation.declared,
            not_issued=tuple(number for number in own if number not in known),
            elsewhere=tuple(await self.scanned_elsewhere(participation, file.numbers)),
        )

    async def scanned_elsewhere(self, participation: Participation, numbers: Collection[str]) -> list[str]:
        found = await self.session.scalars(
            select(Kit.number).where(
                Kit.event_id == participation.event_id,
                Kit.number.in_(numbers),
                Kit.participation_id != participation.id,
            )
        )
        return sorted(found, key=by_number)
