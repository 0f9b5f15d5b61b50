"""How the stored pixels lie against the page as a viewer shows it: one of eight ways."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Turn:
    """First mirrored left to right, then turned clockwise by so many quarters."""

    mirror: bool = False
    quarters: int = 0

    @property
    def swaps_sides(self) -> bool:
        """True where width and height change places."""
        return self.quarters % 2 == 1

    def apply(self, stored: Gray) -> Gray:
        """The picture as a viewer shows it."""
        seen = stored[:, ::-1] if self.mirror else stored
        return (
            np.ascontiguousarray(np.rot90(seen, -self.quarters)) if self != AS_STORED else np.ascontiguousarray(stored)
        )

    def then(self, quarters: int) -> "Turn":
        """This turn followed by clockwise quarters, as a PDF page's own /Rotate."""
        return Turn(self.mirror, (self.quarters + quarters) % 4)


AS_STORED = Turn()

_EXIF = {
    2: Turn(mirror=True),
    3: Turn(quarters=2),
    4: Turn(mirror=True, quarters=2),
    5: Turn(mirror=True, quarters=3),
    6: Turn(quarters=1),
    7: Turn(mirror=True, quarters=1),
    8: Turn(quarters=3),
}


def exif_turn(orientation: object) -> Turn:
    """EXIF 2.3, tag 0x0112; anything outside 2..8 leaves the picture as it is."""
    return _EXIF.get(orientation, AS_STORED) if isinstance(orientation, int) else AS_STORED


def matrix_turn(a: float, b: float, c: float, d: float) -> Turn | None:
    """The turn that a PDF image matrix [a b c d] makes (ISO 32000-1, 8.9.5.1), or None where it is oblique."""
    upright, lying = abs(a) + abs(d), abs(b) + abs(c)
    if min(upright, lying) > 0.01 * max(upright, lying):
        return None
    if upright > lying:
        if a < 0:
            return Turn(quarters=2) if d < 0 else Turn(mirror=True)
        return Turn(mirror=True, quarters=2) if d < 0 else AS_STORED
    if b < 0:
        return Turn(quarters=1) if c > 0 else Turn(mirror=True, quarters=3)
    return Turn(mirror=True, quarters=1) if c > 0 else Turn(quarters=3)
