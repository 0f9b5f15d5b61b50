"""All defects that the simulator can do, by problem code."""

from recognition.codes import PageProblem
from recognition.simulator.defects.base import Defect, Range
from recognition.simulator.defects.geometry import FeedStretched, PageCut, PrintedScaled, Skewed
from recognition.simulator.defects.once_more import DoublePrint, PhotoNotScan, SameSheetAgain
from recognition.simulator.defects.paper import BlankPage, FoldedCorner
from recognition.simulator.defects.quality import Blurred, LowContrast, LowResolution, Streaks
from recognition.simulator.defects.squares import FiducialDefect, FiducialsMissing
from recognition.simulator.defects.symbols import (
    MarkOverSymbol,
    OtherEvent,
    QrDamaged,
    QrDefect,
    QrForeign,
    QrMissing,
    QrWeak,
)

DEFECTS: dict[PageProblem, Defect] = {
    defect.code: defect
    for defect in (
        QrMissing(),
        QrDamaged(),
        QrDefect(),
        QrWeak(),
        QrForeign(),
        FiducialsMissing(),
        FiducialDefect(),
        PrintedScaled(),
        FeedStretched(),
        PageCut(),
        Skewed(),
        LowResolution(),
        LowContrast(),
        Streaks(),
        Blurred(),
        MarkOverSymbol(),
        FoldedCorner(),
        SameSheetAgain(),
        DoublePrint(),
        OtherEvent(),
        BlankPage(),
        PhotoNotScan(),
    )
}

__all__ = ["DEFECTS", "Defect", "Range"]
