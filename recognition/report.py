"""What recognition says of a file and of each of its pages.

The dictionaries made here are the `pages` part of the JSON of `aprobot check`; their keys are documented in
docs/check-json.md and kept stable.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from recognition.codes import FileError, PageProblem, PageQr, Severity, SymbolState, Verdict

Box = tuple[float, float, float, float]
"""x, y, width, height; in mm of the upright page or in px of the picture as it was scanned."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `detail` carries the figures a text needs, such as {"scale_pct": 96.8}."""

    code: PageProblem
    severity: Severity
    place_mm: Box | None = None
    place_px: Box | None = None
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SymbolReading:
    """One place of a QR on the upright page; `corner` is top_left, top_right, bottom_left or bottom_right.

    `grade` 4 (best) to 0 and the figures behind it, see recognition.symbols.quality; None where they cannot be told.
    """

    corner: str
    state: SymbolState
    grade: float | None = None
    quality: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Fiducials:
    """Black squares of the page; `missing` holds their names in the upright page."""

    expected: int
    found: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageReport:
    """All that is known of one page. Angles in degrees, scales in percent of the form's true size."""

    index: int
    verdict: Verdict
    qr: PageQr
    event: str | None = None
    kit: str | None = None
    page: int | None = None
    pages: int | None = None
    kind: str | None = None
    symbols: tuple[SymbolReading, ...] = ()
    fiducials: Fiducials = Fiducials(0, 0)
    rotation: int = 0
    skew_deg: float | None = None
    scale_x_pct: float | None = None
    scale_y_pct: float | None = None
    dpi: int | None = None
    width_px: int = 0
    height_px: int = 0
    entry: str | None = None
    """In an archive of scans the name of the one this page is from."""
    problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """True where the page may count for its kit."""
        return self.kit is not None and self.verdict in (Verdict.OK, Verdict.WARNING)


@dataclass(frozen=True, slots=True)
class FileReport:
    """The pages of one file in their order, or why the file could not be read.

    `pictures` maps a page's index to an annotated JPEG (at most 300 KB each), worst pages first.
    """

    pages: tuple[PageReport, ...] = ()
    error: FileError | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    pictures: dict[int, bytes] = field(default_factory=dict)
