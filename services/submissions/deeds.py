"""What is to be done with a bad sheet, so that the last line of a summary and its button agree with the remedy."""

from collections.abc import Iterable
from enum import StrEnum

from recognition.codes import PageProblem
from services.submissions.batch_view import PageView
from services.submissions.phrases import worst


class Deed(StrEnum):
    """SCAN it again; REMOVE it from the stack; ASK, because only a person may let it count; WAIT for the decision that
    an alarm has asked for.
    """

    SCAN = "scan"
    REMOVE = "remove"
    ASK = "ask"
    WAIT = "wait"


ASKED = frozenset(
    {
        PageProblem.PRINTED_SCALED,
        PageProblem.QR_DEFECT,
        PageProblem.FIDUCIAL_DEFECT,
        PageProblem.TWO_PAGES_ON_ONE,
        PageProblem.WRONG_PAPER_SIZE,
        PageProblem.MARK_OVER_SYMBOL,
        PageProblem.UNKNOWN_KIT,
    }
)
REMOVED = frozenset({PageProblem.QR_FOREIGN, PageProblem.OTHER_EVENT})


def deed(page: PageView) -> Deed:
    code = worst(page).code
    if code == PageProblem.DOUBLE_PRINT:
        return Deed.WAIT
    if code in ASKED:
        return Deed.ASK
    return Deed.REMOVE if code in REMOVED else Deed.SCAN


def deeds(pages: Iterable[PageView]) -> set[Deed]:
    return {deed(page) for page in pages}
