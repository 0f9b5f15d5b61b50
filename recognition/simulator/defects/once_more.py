"""Harm by a person's hand: photographed instead of scanned, scanned twice, printed twice."""

from recognition.codes import PageProblem
from recognition.simulator.defects.base import Defect, Range
from recognition.simulator.sheet import Sheet


class PhotoNotScan(Defect):
    """A telephone's picture: perspective, a shadow, a desk around the sheet."""

    code = PageProblem.PHOTO_NOT_SCAN
    ranges = (Range(1, 6, "%"),)

    def on_scan(self, sheet: Sheet) -> None:
        sheet.scan.by_phone = True


class SameSheetAgain(Defect):
    """The same paper goes through the scanner a second time; the plan adds the second picture."""

    code = PageProblem.SAME_SHEET_AGAIN

    def on_scan(self, sheet: Sheet) -> None:
        sheet.confess(self.code)


class DoublePrint(Defect):
    """The file was printed twice and two people filled one number; the plan adds the second sheet after the first."""

    code = PageProblem.DOUBLE_PRINT

    def on_scan(self, sheet: Sheet) -> None:
        sheet.confess(self.code)
