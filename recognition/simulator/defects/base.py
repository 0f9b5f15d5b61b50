"""What a defect is: a name, its range, and the moments at which it may touch a sheet."""

from dataclasses import dataclass
from typing import ClassVar

from recognition.codes import PageProblem
from recognition.form import Identity, PageKind
from recognition.simulator.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Range:
    """A quantity that the defect draws: from `low` to `high`, in `unit`."""

    low: float
    high: float
    unit: str

    def draw(self, sheet: Sheet) -> float:
        """A value for this sheet."""
        return sheet.uniform(self.low, self.high)


class Defect:
    """Does nothing by itself; each kind of harm overrides the moment at which it comes."""

    code: ClassVar[PageProblem]
    ranges: ClassVar[tuple[Range, ...]] = ()

    def fits(self, kind: PageKind | None, identity: Identity | None) -> bool:
        """Whether such a page can have it; both are None for a page that is not of the form."""
        return kind is not None and identity is not None

    def on_print(self, sheet: Sheet) -> None:
        """The picture is what the printer was given: black on white."""

    def on_paper(self, sheet: Sheet) -> None:
        """The picture is the printed and filled sheet."""

    def on_scan(self, sheet: Sheet) -> None:
        """`sheet.scan` is how the sheet will be scanned."""
