"""What was seen on one page, before anybody judges it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from recognition.codes import SymbolState
from recognition.form import Identity, PageKind
from recognition.geometry.frame import Frame
from recognition.geometry.placement import Placement, Points
from recognition.quality.surface import Surface
from recognition.squares.condition import SquareCondition
from recognition.symbols.quality import SymbolQuality
from recognition.symbols.reading import Symbol


@dataclass(frozen=True, slots=True)
class PlacedSymbol:
    """A place of the form and what stands there; `symbol` (px of the picture) where it was read."""

    corner: str
    state: SymbolState
    symbol: Symbol | None = None
    marked: bool = False
    """It was not read, and ink runs out of it into the paper around."""
    quality: SymbolQuality | None = None
    """Measured on the searched copy; its `quad` is in px of that copy."""


@dataclass(frozen=True, slots=True)
class Bend:
    """What shows that the sheet did not lie flat under a scanner's bar."""

    camera: bool = False
    uneven_light: float = 0.0
    bend_mm: float = 0.0
    size_ratio: float = 1.0
    angle_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Findings:
    """All measures of one page in px of the picture as a viewer shows it.

    `placement` is guessed from the picture's frame where `placed` is False; then places of the form are only where they
    would be on a straight sheet.
    """

    frame: Frame
    placement: Placement
    placed: bool
    identity: Identity | None = None
    kind: PageKind | None = None
    others: tuple[Identity, ...] = ()
    foreign: tuple[Symbol, ...] = ()
    symbols: tuple[PlacedSymbol, ...] = ()
    squares: Mapping[str, Points] = field(default_factory=dict)
    square_conditions: Mapping[str, SquareCondition] = field(default_factory=dict)
    blank: bool = False
    lean_deg: float | None = None
    """By its lines of print, where nothing else tells how the page lies."""
    bend: Bend = Bend()
    surface: Surface = field(default_factory=Surface)
    """Measured on the searched copy."""

    @property
    def symbol_like(self) -> bool:
        """True where at least one symbol stands on the page in whatever state."""
        return any(place.state is not SymbolState.MISSING for place in self.symbols)


def guessed_placement(frame: Frame, paper: tuple[float, float]) -> Placement:
    """The sheet filling the picture, upright, or lying on its side where the picture lies."""
    lying = (frame.width > frame.height) != (paper[0] > paper[1])
    width, height = paper if not lying else paper[::-1]
    matrix = np.diag((frame.width / width, frame.height / height, 1.0))
    if lying:
        # Turned clockwise by a quarter: the sheet's x runs down, its y runs from right to left.
        matrix = matrix @ np.array([(0.0, -1.0, width), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)])
    return Placement(matrix)
