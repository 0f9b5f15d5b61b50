"""What of a symbol's brightness its own text, the scanner's blur and uneven toner do not explain.

A scan mixes each module with its neighbours, a reader's corners are half a pixel off, toner pales along a page. All of
that is the same over the whole symbol, so it is fitted away; what remains at single modules is harm.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognition.symbols.encoding import Mask
from recognition.symbols.sample import RING, Floats

_AROUND = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
_OUTLIER = 0.2


@dataclass(frozen=True, slots=True)
class Residue:
    """`off`: brightness beyond what was expected, 1 is the step from ink to paper, dark is negative; ring and all.

    `noise`: its robust deviation. `ink`, `paper`: grey levels of this symbol.
    """

    off: Floats
    noise: float
    ink: float
    paper: float

    @property
    def contrast(self) -> float:
        """The whole step in grey levels."""
        return max(1.0, self.paper - self.ink)


def residue(means: Floats, dark: Mask) -> Residue:
    """`means`: modules and ring; `dark`: the modules as they should be."""
    columns = _columns(dark.tobytes(), len(dark))
    seen = means.ravel().astype(np.float64)
    fitted = columns @ _solved(columns, seen)
    step = _step(fitted, dark)
    sound = np.abs(seen - fitted) < _OUTLIER * step
    if not sound.all() and sound.mean() > 0.5:
        fitted = columns @ _solved(columns[sound], seen[sound])
        step = _step(fitted, dark)
    off = (seen - fitted) / max(step, 1.0)
    noise = ranked(np.abs(off), 0.5) * 1.4826
    ink, paper = _levels(fitted, dark)
    return Residue(np.asarray(off.reshape(means.shape), np.float32), noise, ink, paper)


def _solved(columns: NDArray[np.float64], seen: NDArray[np.float64]) -> NDArray[np.float64]:
    square = columns.T @ columns
    square[np.diag_indices_from(square)] += 1e-6 * len(columns)
    return np.asarray(np.linalg.solve(square, columns.T @ seen), np.float64)


def _levels(fitted: NDArray[np.float64], dark: Mask) -> tuple[float, float]:
    """The darkest and the brightest tenth of what was fitted: modules among their like, which blur leaves alone."""
    side = len(dark) + 2 * RING
    inner = fitted.reshape(side, side)[RING:-RING, RING:-RING]
    return ranked(inner[dark], 0.1), ranked(inner[~dark], 0.9)


def ranked(values: NDArray[Any], share: float) -> float:
    """The value that this share of the values does not exceed; numpy's percentile costs ten times as much."""
    at = int(share * (values.size - 1))
    return float(np.partition(values, at, axis=None)[at])


def _step(fitted: NDArray[np.float64], dark: Mask) -> float:
    ink, paper = _levels(fitted, dark)
    return max(1.0, paper - ink)


def seen_dark(means: Floats) -> Mask:
    """The modules as a reader sees them, without their ring: darker than the middle between ink and paper."""
    inner = means[RING:-RING, RING:-RING]
    return np.asarray(inner < (ranked(inner, 0.1) + ranked(inner, 0.9)) / 2, np.bool_)


@lru_cache(maxsize=2)  # for the two symbols of one page
def _columns(dark: bytes, side: int) -> NDArray[np.float64]:
    """Paper, the module itself, its eight neighbours, and a slope of paper and of ink over the symbol."""
    modules = np.frombuffer(dark, np.bool_).reshape(side, side)
    padded = np.pad(modules, RING + 1).astype(np.float64)
    whole = side + 2 * RING
    own = padded[1:-1, 1:-1]
    columns = np.empty((whole, whole, 6 + len(_AROUND)))
    columns[..., 0], columns[..., 1] = 1.0, own
    for number, (down, right) in enumerate(_AROUND):
        columns[..., 2 + number] = padded[1 + down : 1 + down + whole, 1 + right : 1 + right + whole]
    along = np.arange(whole) / whole - 0.5
    columns[..., -4], columns[..., -3] = along, along[:, None]
    columns[..., -2:] = columns[..., -4:-2] * own[..., None]
    return columns.reshape(-1, columns.shape[-1])
