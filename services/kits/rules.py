"""Pure rules of the kit ledger: which pages a kit must have, and in which order numbers are listed.

The Order (1, 2.2) has one answer sheet and one filled task page per kit in the trial; whether more is scanned is a
setting of the event: `answer_sheet` asks for page 1, `answer_sheet+1` for page 1 and any one task page, `all` for every
page.
"""

from collections.abc import Collection
from dataclasses import dataclass

ANSWER_SHEET = 1
"""The number of the page that is the answer sheet № 1; all further pages are tasks."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a kit lacks: `pages` by number, and `any_task` where any one task page would do."""

    pages: tuple[int, ...] = ()
    any_task: bool = False

    @property
    def nothing(self) -> bool:
        return not self.pages and not self.any_task


def missing_pages(require: str, pages: int, seen: Collection[int]) -> Missing:
    """What a kit of that many pages lacks when the pages `seen` were seen sound. Raises ValueError for a new rule."""
    match require:
        case "all":
            return Missing(tuple(page for page in range(1, pages + 1) if page not in seen))
        case "answer_sheet":
            return Missing(absent_answer_sheet(seen))
        case "answer_sheet+1":
            has_task = any(page > ANSWER_SHEET for page in seen)
            return Missing(absent_answer_sheet(seen), any_task=pages > ANSWER_SHEET and not has_task)
    raise ValueError(require)


def absent_answer_sheet(seen: Collection[int]) -> tuple[int, ...]:
    return () if ANSWER_SHEET in seen else (ANSWER_SHEET,)


def by_number(number: str) -> tuple[int, str]:
    """The key that sorts kit numbers as people count: shorter ones first."""
    return (len(number), number)
