"""The quality of one printed symbol as figures and as a grade, in the spirit of ISO/IEC 15415.

Each figure has a grade 4 (best) to 0; the symbol's is the lowest. Where the standard asks for a calibrated reader, grey
levels of the scan stand for reflectance.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recognition.files.turn import Gray
from recognition.geometry.placement import Points
from recognition.symbols.encoding import Codewords, Mask, Variant, codewords, encodings, fixed_modules
from recognition.symbols.harm import Harm, harms
from recognition.symbols.residue import Residue, residue, seen_dark
from recognition.symbols.sample import RING, Floats, Straight, found_nearby, ideal, settled, straighten

QUALITY_FIGURES = ("contrast", "modulation", "unused_correction", "fixed_pattern", "quiet_zone")
Steps = Sequence[tuple[float, float]]
_CONTRAST: Steps = ((0.70, 4.0), (0.55, 3.0), (0.40, 2.0), (0.20, 1.0))
"""ISO/IEC 15415, 7.8.2."""
_MODULATION: Steps = ((0.50, 4.0), (0.40, 3.0), (0.30, 2.0), (0.20, 1.0))
"""7.8.3."""
_UNUSED: Steps = ((0.62, 4.0), (0.50, 3.0), (0.37, 2.0), (0.25, 1.0))
"""7.8.8."""
_FIXED: Steps = ((1.0, 4.0), (0.985, 3.0), (0.96, 2.0), (0.90, 1.0))
"""Right modules of the fixed patterns: 7.8.5 grades each segment; readers forgive some."""
_QUIET: Steps = ((0.99, 4.0), (0.96, 3.0), (0.90, 2.0), (0.80, 1.0))
"""Clean part of the quiet zone: annex A of ISO/IEC 18004 asks for four clean modules, readers for two."""
_AXIAL: Steps = ((-0.06, 4.0), (-0.08, 3.0), (-0.10, 2.0), (-0.12, 1.0))
"""7.8.6."""
_ALIKE = 0.75
"""Modules that agree when the text was written in the same way; by chance half do, and a harmed symbol keeps this."""
_LEAST_FIT = 0.2
"""Correlation of a harmed symbol with its own picture; another symbol or print has less than 0.1."""
_QUIET_INK = 0.35


@dataclass(frozen=True, slots=True)
class SymbolQuality:
    """`contrast` and `modulation` 0 to 1; `unused_correction` 0 to 1, of the worst block; `fixed_pattern` and
    `quiet_zone`: the sound part; `wrong_modules`: modules read as their opposite; `module_px`: in the searched copy;
    `bilevel`: there are no greys in it.
    """

    grade: float
    contrast: float
    modulation: float
    unused_correction: float
    fixed_pattern: float
    quiet_zone: float
    wrong_modules: int
    harms: tuple[Harm, ...]
    modules: int
    module_px: float
    bilevel: bool
    quad: Points

    def worst(self) -> str:
        """The figure that gives the grade."""
        return min(_grades(self), key=lambda name: _grades(self)[name])


def quality_of(gray: Gray, quad: Points, text: str, variant: Variant) -> SymbolQuality | None:
    """Holds the sampled modules against the text encoded again. None where they do not agree in any way of writing it.

    `quad`: px of `gray` at pixel edges, from the symbol's own top left corner clockwise.
    """
    straight = straighten(gray, quad, variant.modules)
    dark = _as_written(straight.means, text, variant)
    return None if dark is None else _settled(gray, straight, dark, variant)


def quality_near(gray: Gray, quad: Points, text: str, variant: Variant) -> SymbolQuality | None:
    """The same for a symbol that was not read and whose place is known to three modules; None where none is there."""
    best: tuple[float, Straight, Mask] | None = None
    for dark in encodings(text, variant):
        straight, fit = found_nearby(straighten(gray, quad, variant.modules), gray, ideal(dark, 0.0, 255.0))
        if best is None or fit > best[0]:
            best = fit, straight, dark
    if best is None or best[0] < _LEAST_FIT:
        return None
    return _settled(gray, best[1], best[2], variant)


def _settled(gray: Gray, straight: Straight, dark: Mask, variant: Variant) -> SymbolQuality:
    left = residue(straight.means, dark)
    found = harms(left, dark)
    if found:
        # Readers give corners to a whole pixel: what looks like harm may be a symbol laid a little beside its grid.
        straight = settled(straight, gray, ideal(dark, left.ink, left.paper))
        left = residue(straight.means, dark)
        found = harms(left, dark)
    return _measured(straight, dark, left, found, variant)


def _measured(straight: Straight, dark: Mask, left: Residue, found: Sequence[Harm], variant: Variant) -> SymbolQuality:
    means, quad = straight.means, straight.quad
    layout = codewords(variant.version, variant.level)
    margins = _margins(means, dark, left)
    measured = SymbolQuality(
        grade=4.0,
        contrast=left.contrast / 255,
        modulation=_modulation(margins, layout),
        unused_correction=_unused(margins < 0, layout),
        fixed_pattern=float((margins[fixed_modules(variant.version)] >= 0).mean()),
        quiet_zone=_quiet(means, left),
        wrong_modules=int((margins < 0).sum()),
        harms=tuple(found),
        modules=variant.modules,
        module_px=float(np.linalg.norm(quad - np.roll(quad, 1, axis=0), axis=1).mean()) / variant.modules,
        bilevel=straight.bilevel,
        quad=quad,
    )
    return replace(measured, grade=min(_grades(measured).values()))


def _grades(measured: SymbolQuality) -> dict[str, float]:
    sides = np.linalg.norm(measured.quad - np.roll(measured.quad, -1, axis=0), axis=1)
    across, down = float(sides[0] + sides[2]), float(sides[1] + sides[3])
    return {
        "contrast": _grade(measured.contrast, _CONTRAST),
        "modulation": _grade(measured.modulation, _MODULATION),
        "unused_correction": _grade(measured.unused_correction, _UNUSED),
        "fixed_pattern": _grade(measured.fixed_pattern, _FIXED),
        "quiet_zone": _grade(measured.quiet_zone, _QUIET),
        "axial": _grade(-abs(across - down) / ((across + down) / 2), _AXIAL),
    }


def _grade(figure: float, steps: Steps) -> float:
    return next((grade for least, grade in steps if figure >= least), 0.0)


def _as_written(means: Floats, text: str, variant: Variant) -> Mask | None:
    """The way of writing that agrees best, where any does."""
    seen = seen_dark(means)
    best: tuple[float, Mask] | None = None
    for modules in encodings(text, variant):
        alike = float((modules == seen).mean())
        if best is None or alike > best[0]:
            best = alike, modules
        if alike > 0.97:
            break
    return best[1] if best and best[0] >= _ALIKE else None


def _margins(means: Floats, dark: Mask, left: Residue) -> Floats:
    """How far each module is on its right side of the threshold, 1 is all of it (7.8.3); negative: read wrongly."""
    inner = means[RING:-RING, RING:-RING]
    middle = (left.ink + left.paper) / 2
    signed = np.where(dark, middle - inner, inner - middle)
    return np.asarray(2 * signed / left.contrast, np.float32)


def _modulation(margins: Floats, layout: Codewords) -> float:
    """The margin that every codeword has, but for those whose loss the correction would bear at that level (7.8.3)."""
    placed = layout.number >= 0
    worst = np.full(len(layout.block), np.inf, np.float32)
    np.minimum.at(worst, layout.number[placed], margins[placed])
    reached = 0.0, 0.0
    for least, grade in _MODULATION:
        reached = max(reached, (min(grade, _grade(_spare(worst < least, layout), _UNUSED)), least))
        if reached[0] >= grade:
            break  # lower levels have lower grades
    return reached[1] if reached[0] > 0 else 0.0


def _unused(wrong: Mask, layout: Codewords) -> float:
    placed = layout.number >= 0
    harmed = np.zeros(len(layout.block), np.bool_)
    np.logical_or.at(harmed, layout.number[placed], wrong[placed])
    return _spare(harmed, layout)


def _spare(harmed: NDArray[np.bool_], layout: Codewords) -> float:
    """1 - 2 errors / correction codewords, of the worst block; two of these mend one error (7.8.8)."""
    errors = np.bincount(layout.block[harmed], minlength=len(layout.correction))
    return max(0.0, float((1 - 2 * errors / layout.correction).min()))


def _quiet(means: Floats, left: Residue) -> float:
    """The part of the ring that has no ink; what lies beyond the picture was filled with its edge."""
    ring = np.ones(means.shape, np.bool_)
    ring[RING:-RING, RING:-RING] = False
    return float((means[ring] > left.paper - _QUIET_INK * left.contrast).mean())
