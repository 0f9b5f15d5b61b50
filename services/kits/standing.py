"""Which scan counts for one page of a kit: a pure decision, made anew whenever scans, sheets or decisions change."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from services.kits.credit import Credit
from services.kits.scans import Scan, best


@dataclass(frozen=True, slots=True)
class Standing:
    """The page that counts, if any; what each scan is credited with; whether different sheets compete."""

    counting: int | None = None
    credits: dict[int, Credit] = field(default_factory=dict)
    conflict: bool = False


def stand(scans: Sequence[Scan], aside: Collection[int], unsure: Collection[int], kept: int | None = None) -> Standing:
    """How the scans of one page of one kit stand. `aside` are ids of sheets set aside, `unsure` ids of pages whose
    sheet cannot be told. `kept` is the page that goes on counting whatever comes: that of a finished college.
    """
    live = [scan for scan in scans if scan.sheet_id not in aside]
    conflict = len({scan.sheet_id for scan in live}) > 1
    chosen = kept if kept is not None else None if conflict else chosen_of(live)
    return Standing(
        counting=chosen,
        credits={scan.page_id: credit(scan, chosen, aside, unsure, conflict=conflict) for scan in scans},
        conflict=conflict,
    )


def chosen_of(scans: Sequence[Scan]) -> int | None:
    scan = best(list(scans))
    return scan.page_id if scan else None


def credit(
    scan: Scan, chosen: int | None, aside: Collection[int], unsure: Collection[int], *, conflict: bool
) -> Credit:
    if scan.page_id == chosen:
        return Credit.COUNTED
    if scan.sheet_id in aside:
        return Credit.ASIDE
    if conflict:
        return Credit.TWO_SHEETS
    if not scan.counts:
        return Credit.NONE
    return Credit.UNDECIDED if scan.page_id in unsure else Credit.AGAIN
