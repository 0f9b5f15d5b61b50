"""zbar as the last look: where bars cross a symbol it adds reads that nothing else gives.

Its library comes from the distribution, not with a package, so it may be absent; the pool says so once in its log.
"""

from functools import cache
from typing import Any

import numpy as np

from recognition.files.turn import Gray
from recognition.geometry.placement import Points
from recognition.symbols.reading import Symbol
from recognition.symbols.written import written_as

_TURNS = ("UP", "RIGHT", "DOWN", "LEFT")


@cache
def _zbar() -> Any | None:
    try:
        from pyzbar import pyzbar  # noqa: PLC0415 - the import itself fails where the library is absent
    except (ImportError, OSError):
        return None
    return pyzbar


def is_there() -> bool:
    """Whether the library is installed."""
    return _zbar() is not None


def look_again(gray: Gray) -> list[Symbol]:
    """Symbols that zbar reads; none where the library is absent."""
    zbar = _zbar()
    if zbar is None:
        return []
    found = zbar.decode(gray, symbols=[zbar.ZBarSymbol.QRCODE])
    return [_symbol(gray, code) for code in found if len(code.polygon) == 4]


def _symbol(gray: Gray, code: Any) -> Symbol:
    """The library tells neither how a symbol was written nor that it was seen from behind, which it reads as well."""
    text, quad = code.data.decode("utf-8", "replace"), _quad(code)
    written = written_as(gray, quad, text)
    return Symbol(text, written.quad, written.variant, written.mirrored) if written else Symbol(text, quad)


def _quad(code: Any) -> Points:
    """The library gives a hull without a beginning; its orientation tells which corner is the symbol's own top left."""
    points = np.array([(point.x, point.y) for point in code.polygon], np.float64)
    middle = points.mean(axis=0)
    clockwise = points[np.argsort(np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0]))]
    start = _TURNS.index(code.orientation) if code.orientation in _TURNS else 0
    return np.roll(clockwise, -start, axis=0)
