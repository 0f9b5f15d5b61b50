"""What a file of kits to print gives by its symbols: a pure reading of what recognition found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from recognition.form import Form
from recognition.report import FileReport, PageReport
from services.kits.rules import by_number


class PrintFault(StrEnum):
    """Why no kit of the file is expected from anybody.

    `other_college` and `printed_before` are told by the register: numbers that another college was given, or that stand
    in another file already. `too_large` and `gone` are files that the messenger does not hand over.
    """

    NOT_PDF = "not_pdf"
    UNREADABLE = "unreadable"
    NO_SYMBOLS = "no_symbols"
    OTHER_EVENT = "other_event"
    PAGES_MISSING = "pages_missing"
    PAGES_TWICE = "pages_twice"
    OTHER_COLLEGE = "other_college"
    PRINTED_BEFORE = "printed_before"
    TOO_LARGE = "too_large"
    GONE = "gone"


WITHHELD = frozenset({PrintFault.PAGES_TWICE, PrintFault.OTHER_COLLEGE, PrintFault.PRINTED_BEFORE})
"""Faults of files that nobody is to print: two sheets would carry one number."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """A file of which nothing is taken; `values` are what its text names."""

    fault: PrintFault
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrintFile:
    """The kits of a file in the order of their numbers, with how many pages each has."""

    kits: dict[str, int]

    @property
    def numbers(self) -> list[str]:
        return list(self.kits)


def read_print(report: FileReport, form: Form, event: str | None) -> PrintFile | Unfit:
    """The kits of the file, all their pages there once; or the first thing that is wrong with it.

    Pages without a symbol, such as a cover, are left aside. `event` is the code that the symbols must carry.
    """
    if report.error is not None:
        return Unfit(PrintFault.UNREADABLE, {"error": report.error.value, "detail": report.detail})
    named = [page for page in report.pages if page.kit is not None and page.page is not None]
    if not named:
        return Unfit(PrintFault.NO_SYMBOLS, {"pages": len(report.pages)})
    if event is not None and (others := {page.event for page in named} - {None, event}):
        return Unfit(PrintFault.OTHER_EVENT, {"found": ", ".join(sorted(str(one) for one in others)), "event": event})
    return twice(named) or missing(named, form) or PrintFile(lengths(named, form))


def lengths(pages: Sequence[PageReport], form: Form) -> dict[str, int]:
    found = {page.kit or "": page.pages or form.pages for page in pages}
    return {kit: found[kit] for kit in sorted(found, key=by_number)}


def twice(pages: Sequence[PageReport]) -> Unfit | None:
    """A page that stands twice in the file would be printed twice."""
    seen = Counter((page.kit or "", page.page or 0) for page in pages)
    again = [where for where, times in seen.items() if times > 1]
    return Unfit(PrintFault.PAGES_TWICE, {"kit": again[0][0], "page": again[0][1]}) if again else None


def missing(pages: Sequence[PageReport], form: Form) -> Unfit | None:
    for kit, length in lengths(pages, form).items():
        there = {page.page for page in pages if page.kit == kit}
        if lacks := [number for number in range(1, length + 1) if number not in there]:
            return Unfit(PrintFault.PAGES_MISSING, {"kit": kit, "pages": ", ".join(map(str, lacks))})
    return None
