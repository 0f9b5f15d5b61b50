"""What the ledger makes of one page."""

from enum import StrEnum

from recognition.report import PageReport


class Credit(StrEnum):
    """`again`: the page was counted before, this scan is kept beside the first; which sheet it is, is not asked here.

    `surplus`: all N places were taken before it. `other_college`: the kit was first seen with another college of the
    event. `none`: the page is not sound and counts for nothing.
    """

    COUNTED = "counted"
    AGAIN = "again"
    SURPLUS = "surplus"
    OTHER_EVENT = "other_event"
    OTHER_COLLEGE = "other_college"
    NONE = "none"


def is_of_other_event(report: PageReport, event_code: str) -> bool:
    """True where the page names an event that is not this one; a form may name none."""
    return report.event is not None and report.event != event_code


def may_count(report: PageReport, event_code: str) -> bool:
    """True where the page is sound and of this event: the ledger may ask whose kit it is."""
    return report.sound and report.page is not None and not is_of_other_event(report, event_code)
