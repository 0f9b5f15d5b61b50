"""What a symbol should look like: its text encoded again, and which codeword each module belongs to.

ISO/IEC 18004: placement of codewords 7.7.3, interleaving of blocks 7.6, tables of blocks table 9.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import segno
from numpy.typing import NDArray
from segno import consts

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int32]
_LEVELS = {
    "L": consts.ERROR_LEVEL_L,
    "M": consts.ERROR_LEVEL_M,
    "Q": consts.ERROR_LEVEL_Q,
    "H": consts.ERROR_LEVEL_H,
}
_DATA = (consts.TYPE_DATA_DARK, consts.TYPE_DATA_LIGHT)
_MODES = (None, "byte", "alphanumeric", "numeric")
"""The mode that fits best first; some writers take bytes for everything."""


_ON_ONE_PAGE = 8
"""All symbols of a page carry one text; the next page has another."""


@dataclass(frozen=True, slots=True)
class Variant:
    """How a symbol was written: version 1 to 40, level L, M, Q or H, data mask 0 to 7."""

    version: int
    level: str
    mask: int

    @property
    def modules(self) -> int:
        """Along a side, without the quiet zone."""
        return 17 + 4 * self.version


@dataclass(frozen=True, slots=True)
class Codewords:
    """For each module the number of its codeword, and for each codeword its block; -1 for modules of fixed patterns.

    `correction` is the number of correction codewords of each block.
    """

    number: Numbers
    block: Numbers
    correction: Numbers


def encodings(text: str, variant: Variant) -> Iterator[Mask]:
    """The modules (True is dark) by each way to write the text; writers may choose between them."""
    for mode in _MODES:
        modules = _encoded(text, variant, mode)
        if modules is not None:
            yield modules


@lru_cache(maxsize=_ON_ONE_PAGE)
def _encoded(text: str, variant: Variant, mode: str | None) -> Mask | None:
    try:
        symbol = segno.make_qr(
            text, version=variant.version, error=variant.level, mask=variant.mask, mode=mode, boost_error=False
        )
    except (ValueError, UnicodeError):  # the text does not fit in this mode or version
        return None
    return np.array([list(row) for row in symbol.matrix], np.bool_)


@lru_cache(maxsize=64)
def codewords(version: int, level: str) -> Codewords:
    """The map of one version and level."""
    data = _data_modules(version)
    number = np.full(data.shape, -1, np.int32)
    blocks = _blocks_in_order(version, level)
    for at, (row, column) in enumerate(_way(data)):
        number[row, column] = at // 8 if at // 8 < len(blocks) else -1
    correction = [part.num_total - part.num_data for part in _parts(version, level) for _ in range(part.num_blocks)]
    return Codewords(number, np.array(blocks, np.int32), np.array(correction, np.int32))


@lru_cache(maxsize=40)
def _data_modules(version: int) -> Mask:
    symbol = segno.make_qr("0", version=version, error="l", mask=0, boost_error=False)
    kinds = np.array([list(row) for row in _rows(symbol)])
    data = np.isin(kinds, _DATA)
    # The package counts one module too many to the second copy of the format bits, which has eight in this row (7.9).
    data[8, len(data) - 9] = True
    return data


def _rows(symbol: Any) -> Any:
    """The kind of every module; the package has no types."""
    return symbol.matrix_iter(verbose=True, border=0)


def fixed_modules(version: int) -> Mask:
    """Finders, timing, alignment, format and version: what every symbol of this version must have."""
    return ~_data_modules(version)


def _parts(version: int, level: str) -> tuple[consts.EC, ...]:
    table: Any = consts.ECC
    return tuple(table[version][_LEVELS[level]])


def _blocks_in_order(version: int, level: str) -> list[int]:
    """The block of each codeword in the order of their placement: data of all blocks by turns, then correction."""
    sizes = [(part.num_data, part.num_total) for part in _parts(version, level) for _ in range(part.num_blocks)]
    longest = max(data for data, _ in sizes)
    order = [block for at in range(longest) for block, (data, _) in enumerate(sizes) if at < data]
    correction = sizes[0][1] - sizes[0][0]
    return order + [block for _ in range(correction) for block in range(len(sizes))]


def _way(data: Mask) -> Iterator[tuple[int, int]]:
    """Data modules in the order in which bits are placed: pairs of columns from the right, up and down by turns."""
    rows = range(len(data))
    for turn, pair in enumerate(_pairs(len(data))):
        for row in reversed(rows) if turn % 2 == 0 else rows:
            for column in pair:
                if data[row, column]:
                    yield row, column


def _pairs(side: int) -> list[tuple[int, int]]:
    """Pairs of columns; the vertical timing pattern (column 6) belongs to none."""
    rights = [*range(side - 1, 7, -2), *range(5, 0, -2)]
    return [(right, right - 1) for right in rights]
