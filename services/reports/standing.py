"""Where each college of a region stands: pure decisions on figures from the database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(days=2)
"""A college that began and did nothing for so long is worth a look while the window is open."""


class Group(StrEnum):
    """The groups of the list, in its order: worst first, done last."""

    ATTENTION = "attention"
    GOING = "going"
    NEW = "new"
    FINISHED = "finished"


class Reason(StrEnum):
    """Why a college needs attention, worst first."""

    TWO_SHEETS = "two_sheets"
    ASKED = "asked"
    OTHER_COLLEGE = "other_college"
    SURPLUS = "surplus"
    BAD_PAGES = "bad_pages"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class CollegeRow:
    """One college in figures. `two_sheets` and `asked` are questions that wait for the coordinator.

    `bad_pages` are those of the latest sending; `last_at` is its latest deed.
    """

    participation_id: int
    name: str
    declared: int | None
    complete: int
    surplus: int = 0
    other_college: int = 0
    bad_pages: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None
    last_at: datetime | None = None
    two_sheets: int = 0
    asked: int = 0

    def reason(self, now: datetime) -> Reason | None:
        """The worst reason to look at a college; one that has finished is looked at only where a question waits."""
        if self.two_sheets or self.asked:
            return Reason.TWO_SHEETS if self.two_sheets else Reason.ASKED
        if self.finished_at is not None:
            return None
        if self.other_college:
            return Reason.OTHER_COLLEGE
        if self.surplus:
            return Reason.SURPLUS
        if self.bad_pages and self.complete != self.declared:
            return Reason.BAD_PAGES
        return Reason.IDLE if self.last_at is not None and now - self.last_at > IDLE else None

    def group(self, now: datetime) -> Group:
        if self.reason(now) is not None:
            return Group.ATTENTION
        if self.finished_at is not None:
            return Group.FINISHED
        return Group.NEW if self.started_at is None and self.last_at is None else Group.GOING


def in_order(rows: Sequence[CollegeRow], now: datetime) -> list[CollegeRow]:
    """Attention first, by how bad the reason is; within a group by name."""
    groups, reasons = list(Group), list(Reason)

    def rank(row: CollegeRow) -> tuple[int, int, str, int]:
        reason = row.reason(now)
        badness = reasons.index(reason) if reason else len(reasons)
        return (groups.index(row.group(now)), badness, row.name.casefold(), row.participation_id)

    return sorted(rows, key=rank)


def group_counts(rows: Sequence[CollegeRow], now: datetime) -> Counter[Group]:
    """How many colleges stand in each group."""
    return Counter(row.group(now) for row in rows)
