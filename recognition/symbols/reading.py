"""Reads QR symbols out of a grey picture."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import zxingcpp

from recognition.files.turn import Gray
from recognition.geometry.placement import Points
from recognition.symbols.encoding import Variant
from recognition.symbols.mirror import is_mirrored


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol seen; `quad` is its top left, top right, bottom right and bottom left as the symbol stands, in px.

    `text` is None where it was located but could not be read.
    """

    text: str | None
    quad: Points
    variant: Variant | None = None
    """How it was written; None where the reader does not tell."""
    mirrored: bool = False
    """Seen from behind: it shines through from the other side of the sheet."""

    def moved(self, x: float, y: float) -> "Symbol":
        """The same symbol in a larger picture of which this one was a part."""
        return replace(self, quad=self.quad + np.array((x, y)))

    def scaled(self, x: float, y: float) -> "Symbol":
        """The same symbol in a picture whose sides are multiplied so."""
        return replace(self, quad=self.quad * np.array((x, y)))


_LEAST_AREA_PX = 21.0 * 21.0
"""A px for each module of the smallest symbol."""
_QR_ONLY = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel1, zxingcpp.BarcodeFormat.QRCodeModel2])
"""Not the library's whole family: a Micro QR symbol of version M1 has one finder and corrects nothing, so the corner of
a harmed symbol reads as a few digits that nobody wrote.
"""


def read(gray: Gray, *, thorough: bool = False, damaged: bool = False) -> list[Symbol]:
    """All QR symbols; `thorough` also tries smaller copies and light on dark, `damaged` adds the unreadable ones."""
    found = zxingcpp.read_barcodes(
        gray,
        formats=_QR_ONLY,
        try_invert=thorough,
        try_downscale=thorough,
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=damaged,
    )
    return [_symbol(gray, code) for code in found if has_area(_quad(code.position))]


def has_area(quad: Points) -> bool:
    """False where corners fall together, as on some that were only located: no page can be placed by a point."""
    along, across = quad[1] - quad[0], quad[3] - quad[0]
    return abs(float(along[0] * across[1] - along[1] * across[0])) >= _LEAST_AREA_PX


def _symbol(gray: Gray, code: zxingcpp.Barcode) -> Symbol:
    quad = _quad(code.position)
    if not code.valid:
        return Symbol(None, quad)
    variant = _variant(code.extra)
    return Symbol(code.text, quad, variant, variant is not None and is_mirrored(gray, quad, variant))


def _variant(extra: Any) -> Variant | None:
    version, level, mask = extra.get("Version"), extra.get("ECLevel"), extra.get("DataMask")
    if not (str(version).isdigit() and level in ("L", "M", "Q", "H") and isinstance(mask, int)):
        return None
    return Variant(int(str(version)), str(level), mask)


def _quad(position: zxingcpp.Position) -> Points:
    ordered = position.top_left, position.top_right, position.bottom_right, position.bottom_left
    return np.array([(point.x, point.y) for point in ordered], np.float64)
