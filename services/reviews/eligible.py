"""Which pages a technician may ask the coordinator about: pure decisions."""

from services.kits.credit import Credit
from services.submissions.models import Page

UNREADABLE = ("damaged", "missing")
SETTLED = (Credit.TWO_SHEETS, Credit.ASIDE, Credit.TEST, Credit.OTHER_EVENT, Credit.OTHER_COLLEGE, Credit.UNKNOWN_KIT)
"""Pages whose fate hangs on something else: another decision, or a kit that is not the college's."""


def may_be_accepted(page: Page) -> bool:
    """A page that is known by its number and was rejected all the same."""
    named = page.kit_number is not None and page.page_number is not None
    return named and page.verdict == "rejected" and not page.accepted and page.credit not in SETTLED


def may_be_named(page: Page) -> bool:
    """A sheet of ours whose symbols cannot be read; a foreign sheet and a blank one are none."""
    unread = page.report.get("qr") in UNREADABLE
    return page.kit_number is None and page.verdict == "rejected" and unread and page.credit not in SETTLED
