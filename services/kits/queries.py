"""Reads of the kit ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.events.models import Event, Participation
from services.kits.counts import KitCounts, PartialKit
from services.kits.models import IssuedKit, Kit, KitPage, KitState
from services.kits.rules import by_number, missing_pages
from services.organisations.models import Organisation


async def kit_counts(session: AsyncSession, participation: Participation) -> KitCounts:
    """The ledger of a college in figures, kits in the order of their numbers.

    A kit that lacks nothing stands among the partial ones only while nobody has declared N.
    """
    require = await session.scalar(select(Event.require).where(Event.id == participation.event_id))
    kits = await kits_of(session, participation.id)
    seen = await pages_seen(session, [kit.id for kit in kits])
    in_state = group_by_state(kits)
    complete = in_state[KitState.COMPLETE]
    return KitCounts(
        declared=participation.declared,
        complete=len(complete),
        complete_numbers=tuple(kit.number for kit in complete),
        partial=tuple(partial_kit(kit, require or "", seen[kit.id]) for kit in in_state[KitState.PARTIAL]),
        surplus=tuple(kit.number for kit in in_state[KitState.SURPLUS]),
        conflict=tuple(kit.number for kit in in_state[KitState.CONFLICT]),
        aside=tuple(kit.number for kit in in_state[KitState.ASIDE]),
        unseen=await unseen_numbers(session, participation.id, {kit.number for kit in kits}),
    )


async def unseen_numbers(session: AsyncSession, participation_id: int, seen: Collection[str]) -> tuple[str, ...]:
    """Numbers of the college's print files that no scan has shown, in their order."""
    issued = await session.scalars(select(IssuedKit.number).where(IssuedKit.participation_id == participation_id))
    return tuple(sorted((number for number in issued if number not in seen), key=by_number))


async def owner_names(
    session: AsyncSession, participation: Participation, numbers: Collection[str | None]
) -> dict[str, str]:
    """The other colleges that kits belong to: by the print file where the number is in one, else by the first scan."""
    owners: dict[str, str] = {}
    for table in (Kit, IssuedKit):
        rows = await session.execute(
            select(table.number, Organisation.name)
            .join(Participation, Participation.id == table.participation_id)
            .join(Organisation, Organisation.id == Participation.organisation_id)
            .where(table.event_id == participation.event_id, table.number.in_(numbers))
            .where(table.participation_id != participation.id)
        )
        owners |= dict(rows.all())
    return owners


async def kits_of(session: AsyncSession, participation_id: int) -> list[Kit]:
    """All kits of a college, in the order of their numbers."""
    kits = await session.scalars(select(Kit).where(Kit.participation_id == participation_id))
    return sorted(kits, key=lambda kit: by_number(kit.number))


async def pages_seen(session: AsyncSession, kit_ids: Collection[int]) -> defaultdict[int, set[int]]:
    """The numbers of the pages that count, by the kit's id; an empty set for a kit without any."""
    seen: defaultdict[int, set[int]] = defaultdict(set)
    counted = select(KitPage.kit_id, KitPage.number).where(KitPage.kit_id.in_(kit_ids))
    for kit_id, number in await session.execute(counted):
        seen[kit_id].add(number)
    return seen


def partial_kit(kit: Kit, require: str, seen: Collection[int]) -> PartialKit:
    missing = missing_pages(require, kit.pages, seen)
    return PartialKit(kit.number, missing.pages, missing.any_task)


def group_by_state(kits: Iterable[Kit]) -> defaultdict[str, list[Kit]]:
    grouped: defaultdict[str, list[Kit]] = defaultdict(list)
    for kit in kits:
        grouped[kit.state].append(kit)
    return grouped
