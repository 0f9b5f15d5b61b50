"""How a stack of kits is printed and scanned."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from recognition.codes import PageProblem
from recognition.form import Form, practice_form

LEAST_DPI, MOST_DPI = 50, 1200
ROTATIONS = (0, 90, 180, 270)


class Mode(StrEnum):
    """What the scanner is set to."""

    GREY = "grey"
    COLOUR = "colour"
    BILEVEL = "bilevel"


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """Settings of one run; the same settings give the same pictures.

    `share` is the part of the eligible pages that get a defect, `rotations` the turns to draw from. Names of modes and
    defects may be given as plain strings. Raises ValueError for what is out of range.

    `hand` is the printing and the filling, `seed` the scanning: the same hand under another seed is the same stack of
    paper scanned again, another hand another print of the same numbers, filled by other people. Without it the seed
    serves for both. `empty` sheets are printed and filled by nobody.
    """

    dpi: int = 300
    mode: Mode = Mode.GREY
    defects: Sequence[PageProblem] = ()
    share: float = 0.5
    seed: int = 0
    rotations: Sequence[int] = (0,)
    form: Form = field(default_factory=practice_form)
    hand: int | None = None
    empty: bool = False

    @property
    def printing(self) -> int:
        """The seed of toner and ink."""
        return self.seed if self.hand is None else self.hand

    def __post_init__(self) -> None:
        object.__setattr__(self, "mode", Mode(self.mode))
        object.__setattr__(self, "defects", tuple(PageProblem(defect) for defect in self.defects))
        if not LEAST_DPI <= self.dpi <= MOST_DPI:
            raise ValueError("dpi")
        if not 0 <= self.share <= 1:
            raise ValueError("share")
        if not self.rotations or not set(self.rotations) <= set(ROTATIONS):
            raise ValueError("rotations")
