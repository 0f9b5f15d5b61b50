"""Sharpness and contrast where the form surely has both ink and paper: at its black squares and its symbols."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from recognition.files.turn import Gray
from recognition.geometry.placement import Box, Placement
from recognition.squares.find import Tones

_AROUND_MM = 1.6
"""Paper around a square or a finder pattern; the form's quiet zones leave it free."""
_DARKEST, _LIGHTEST = 0.03, 0.9
"""Of the window's pixels by brightness: the block of a finder pattern is a ninth of it."""
_STEEPEST = 40
"""The steepest px of the window along each side are its edges; one of them alone is noise."""


@dataclass(frozen=True, slots=True)
class Site:
    """`step`: grey levels from ink to paper. `edge_px`: (along x, along y) of the picture, the width over which an edge
    of the full step rises at its steepest; 2.5 sigma of the blur, and 1 of a perfect edge.
    """

    box_mm: Box
    tones: Tones
    edge_px: tuple[float, float]

    @property
    def step(self) -> float:
        """Grey levels from ink to paper."""
        return self.tones.paper - self.tones.ink


def sites(gray: Gray, placement: Placement, boxes: Iterable[Box]) -> list[Site]:
    """The figures of each box (mm) that lies in the picture; boxes are squares or finder patterns, black outside."""
    found = []
    for box in boxes:
        x, y, width, height = (
            round(side)
            for side in placement.box_px(
                (box[0] - _AROUND_MM, box[1] - _AROUND_MM, box[2] + 2 * _AROUND_MM, box[3] + 2 * _AROUND_MM)
            )
        )
        if x < 0 or y < 0 or x + width > gray.shape[1] or y + height > gray.shape[0] or min(width, height) < 8:
            continue
        found.append(_site(gray[y : y + height, x : x + width], box))
    return found


def _site(part: Gray, box: Box) -> Site:
    darker = np.cumsum(np.bincount(part.ravel(), minlength=256))
    ink, paper = np.searchsorted(darker, (_DARKEST * part.size, _LIGHTEST * part.size))
    step = max(1.0, float(paper) - float(ink))
    signed = part.astype(np.int16)
    across, down = _steepest(np.abs(np.diff(signed, axis=1))), _steepest(np.abs(np.diff(signed, axis=0)))
    return Site(box, Tones(float(ink), float(paper)), (step / max(1.0, across), step / max(1.0, down)))


def _steepest(differences: np.ndarray[tuple[int, ...], np.dtype[np.int16]]) -> float:
    flat = differences.ravel()
    at = max(0, len(flat) - _STEEPEST)
    return float(np.median(np.partition(flat, at)[at:]))
