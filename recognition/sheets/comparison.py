"""What is asked about two scans of one page, and what is answered."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from recognition.report import Box


class Likeness(StrEnum):
    """Whether two scans show one sheet of paper.

    `UNDECIDED` where too little is written on either, where the print does not meet, and where a scan cannot be read.
    """

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Spot:
    """One page of one stored file; `index` counts from 0."""

    path: Path
    index: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer. `probability` that both scans show one sheet, 0 to 1; None where nothing is known.

    `score` is the part of the ink of the sheet with less of it that the other sheet has too, 0 to 1;
    None without enough ink. `places_mm`: where the sheets differ most, in mm of the upright page.
    `pictures`: both pages upright, the ink that the other lacks in red and those places outlined, JPEG of at most
    300 KB each; None for one sheet and where a page could not be read.
    """

    likeness: Likeness
    score: float | None = None
    probability: float | None = None
    places_mm: tuple[Box, ...] = ()
    pictures: tuple[bytes, bytes] | None = None


UNKNOWN = Comparison(Likeness.UNDECIDED)
"""All that can be said of a pair that cannot be read."""
