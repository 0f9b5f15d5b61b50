"""What stands where a symbol should be and was not read: the symbol, harmed, or nothing."""

from collections.abc import Callable

import cv2
import numpy as np

from recognition.codes import SymbolState
from recognition.files.turn import Gray
from recognition.geometry.placement import Box, Placement
from recognition.squares.find import Tones
from recognition.symbols.cascade import COMMON, RARE, Patience, read_large, read_patiently
from recognition.symbols.last_look import look_again
from recognition.symbols.reading import Symbol, read

_QUIET_MM = 4.0
_LEAST_DARK = 0.06
"""Part of the place that is dark: below this there is paper with dust on it, not a symbol."""
_LEAST_VISIBLE = 0.4
_CELLS, _CELL_DARK, _DARK_CELLS = 5, 0.18, 5
"""Of five by five cells a fifth at least must be dark to a fifth: that much is left of a symbol half covered."""
_RING_MM = (2.0, 3.4)
"""An unread symbol is placed to 1.5 mm; behind its quiet zone of 3.4 mm print may begin."""
_RUN_OUT_MM2 = 0.5
_THIN = 0.02
"""Of the symbol's side: half a module of a large symbol (version 5), more than a stroke of print."""


def read_at(
    gray: Gray, placement: Placement, box: Box, wanted: Callable[[str], bool], patience: Patience
) -> Symbol | None:
    """One more look, with everything, at the one place where a symbol should stand."""
    part, left, top = cut(gray, placement, box, _QUIET_MM)
    if min(part.shape) < 16:
        return None
    attempts: tuple[Callable[[], list[Symbol]], ...] = (
        lambda: read(part),
        lambda: read_patiently(part, COMMON, wanted, patience),
        lambda: read_patiently(part, RARE, wanted, patience),
        lambda: read_large(part),
        lambda: look_again(part),
    )
    for attempt in attempts:
        for symbol in attempt():
            if symbol.text is not None and wanted(symbol.text):
                return symbol.moved(left, top)
    return None


def state_at(gray: Gray, placement: Placement, box: Box, tones: Tones) -> SymbolState:
    """Damaged where there is ink in the place of an unread symbol, missing where there is none or no paper at all."""
    part, _, _ = cut(gray, placement, box, 0.0)
    seen = placement.box_px(box)
    if part.size < _LEAST_VISIBLE * seen[2] * seen[3]:
        return SymbolState.MISSING
    middle = tones.ink + tones.contrast / 2
    return SymbolState.DAMAGED if float((part < middle).mean()) >= _LEAST_DARK else SymbolState.MISSING


def looks_like_symbol(gray: Gray, placement: Placement, box: Box, tones: Tones) -> bool:
    """True where a part of a place at least is filled the way a symbol fills it.

    Strokes of print and of tables are thinner than a symbol's modules and are cut away first. Only used where nothing
    was read on the whole page.
    """
    part, _, _ = cut(gray, placement, box, 0.0)
    seen = placement.box_px(box)
    if part.size < _LEAST_VISIBLE * seen[2] * seen[3] or min(part.shape) < _CELLS * 4:
        return False
    dark = (part < tones.ink + tones.contrast / 2).astype(np.uint8) * 255
    thin = max(1, round(_THIN * min(part.shape)))
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((thin, thin), np.uint8))
    cells = cv2.resize(solid, (_CELLS, _CELLS), interpolation=cv2.INTER_AREA)
    return int((cells >= _CELL_DARK * 255).sum()) >= _DARK_CELLS


def cut(gray: Gray, placement: Placement, box: Box, margin_mm: float) -> tuple[Gray, int, int]:
    """The part of the picture around a box of the page, and where it begins."""
    x, y, width, height = box
    seen = placement.box_px((x - margin_mm, y - margin_mm, width + 2 * margin_mm, height + 2 * margin_mm))
    left, top = max(0, int(seen[0])), max(0, int(seen[1]))
    right, bottom = max(left, int(seen[0] + seen[2]) + 1), max(top, int(seen[1] + seen[3]) + 1)
    return np.ascontiguousarray(gray[top:bottom, left:right]), left, top


def runs_out(gray: Gray, placement: Placement, box: Box, tones: Tones) -> bool:
    """True where ink goes on from a symbol's place into its quiet zone, as a pen's does and a printer's does not."""
    part, left, top = cut(gray, placement, box, _RING_MM[1])
    if min(part.shape) < 20:
        return False
    dark = (part < tones.ink + tones.contrast / 2).astype(np.uint8)
    inner, outer = (_frame(placement, box, grow, (left, top), dark.shape) for grow in _RING_MM)
    count, labels = cv2.connectedComponents(dark, connectivity=8)
    inside = set(np.unique(labels[inner]).tolist()) - {0}
    area = np.bincount(labels[outer & ~inner], minlength=count)
    px_per_mm = placement.px_per_mm((box[0], box[1]))
    return any(area[label] > _RUN_OUT_MM2 * px_per_mm**2 for label in inside)


def _frame(
    placement: Placement, box: Box, grow: float, origin: tuple[int, int], shape: tuple[int, ...]
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """The pixels of the part that lie in the box grown by so many mm."""
    x, y, width, height = placement.box_px((box[0] - grow, box[1] - grow, box[2] + 2 * grow, box[3] + 2 * grow))
    mask = np.zeros(shape, np.bool_)
    left, top = max(0, round(x - origin[0])), max(0, round(y - origin[1]))
    mask[top : max(top, round(y + height - origin[1])), left : max(left, round(x + width - origin[0]))] = True
    return mask
