"""Print defects that a symbol survives: voids, blobs, smears, and toner that flakes off all over."""

from collections.abc import Callable

import numpy as np

from recognition.form import Box
from recognition.simulator.defects.shapes import blotch
from recognition.simulator.defects.symbol_drawing import readable, unused_correction
from recognition.simulator.sheet import PAPER, Picture, Sheet

_TRIALS = 60
_FLAKES = 400
_FLAKE_MM = 1.0
"""About a module."""


def flaw(sheet: Sheet, box: Box, how: str, size_mm: float) -> Box:
    """One flaw somewhere in the symbol; its place. Smaller ones are tried where the symbol could not be read."""
    whole = sheet.view(box).copy()
    for trial in range(_TRIALS):
        side = size_mm * 0.97**trial
        x, y = (sheet.uniform(start, start + length - side) for start, length in zip(box[:2], box[2:], strict=True))
        place = x, y, side, side
        FLAWS[how](sheet, place)
        if _changed(whole, sheet.view(box)) and readable(sheet, box):
            return place
        sheet.view(box)[...] = whole
    return box


def _changed(before: Picture, after: Picture) -> bool:
    """True where ink came or went over an area that can be seen: a void on white paper is none."""
    off = (
        np.abs(before.astype(np.int16) - after).max(axis=-1) if before.ndim == 3 else np.abs(before.astype(int) - after)
    )
    return float((off > 90).mean()) > 0.0012


def wear(sheet: Sheet, box: Box, unused: float) -> float:
    """Flakes toner off until no more than that part of the error correction is left unused; what is left.

    The symbol is still read: a flake that would end it is put back.
    """
    measured = 1.0
    for _ in range(_FLAKES):
        if measured <= unused:
            break
        x, y = (
            sheet.uniform(start, start + length - _FLAKE_MM) for start, length in zip(box[:2], box[2:], strict=True)
        )
        spot = sheet.view((x, y, _FLAKE_MM, _FLAKE_MM))
        before = spot.copy()
        spot[...] = PAPER - 2
        left = unused_correction(sheet, box)
        if left is None:
            spot[...] = before
        else:
            measured = left
    return measured


def _void(sheet: Sheet, place: Box) -> None:
    part = sheet.view(place)
    part[blotch(part.shape, 0.75, sheet.rng, grain=2)] = PAPER - 2


def _blob(sheet: Sheet, place: Box) -> None:
    part = sheet.view(place)
    part[blotch(part.shape, 0.75, sheet.rng, grain=2)] = int(sheet.uniform(20, 55))


def _scratch(sheet: Sheet, place: Box) -> None:
    x, y, width, height = place
    ends = [(x, y + height * sheet.uniform(0, 1)), (x + width, y + height * sheet.uniform(0, 1))]
    sheet.strokes([np.array(ends)], max(0.6, 0.25 * width), PAPER - 2)


FLAWS: dict[str, Callable[[Sheet, Box], None]] = {"void": _void, "blob": _blob, "scratch": _scratch}
