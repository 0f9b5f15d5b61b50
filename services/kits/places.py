"""Who holds the N places of a college: a pure decision.

Places go to whole kits in the order in which they became whole, so that a kit that comes back from a conflict or a
decision taken back has what it had before. When no place is free, every other kit is surplus. While N is not declared
there are no places and nothing is surplus.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.kits.models import KitState


@dataclass(frozen=True, slots=True)
class Claim:
    """One kit's claim. `whole` says that no required page is missing; `since` is when that became so."""

    kit_id: int
    whole: bool
    place: int | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a kit gets: its state, and its place where it is complete."""

    state: KitState
    place: int | None = None


def settle(declared: int | None, claims: Sequence[Claim]) -> dict[int, Settlement]:
    """Settles all kits of a college by the kit's id. Settling twice changes nothing."""
    if declared is None:
        return {claim.kit_id: Settlement(KitState.PARTIAL) for claim in claims}
    holders = in_order_of_right(claims)[:declared]
    kept = {claim.kit_id: claim.place for claim in holders if claim.place is not None and claim.place <= declared}
    free = iter(sorted(set(range(1, declared + 1)) - set(kept.values())))
    places = {claim.kit_id: kept.get(claim.kit_id) or next(free) for claim in holders}
    rest = KitState.SURPLUS if len(holders) == declared else KitState.PARTIAL
    return {
        claim.kit_id: Settlement(KitState.COMPLETE, places[claim.kit_id])
        if claim.kit_id in places
        else Settlement(rest)
        for claim in claims
    }


def in_order_of_right(claims: Iterable[Claim]) -> list[Claim]:
    """Whole kits by the moment they became whole."""
    return sorted((claim for claim in claims if claim.whole), key=lambda claim: (claim.since, claim.kit_id))
