"""How a symbol was written and which way it lies, for a reader that gives no more than its text and corners."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import segno

from recognition.files.turn import Gray
from recognition.geometry.placement import Points
from recognition.symbols.encoding import Mask, Variant, encodings
from recognition.symbols.mirror import format_bits, format_places
from recognition.symbols.residue import seen_dark
from recognition.symbols.sample import straighten

_LIKELY = 6
"""Poses and formats that are held against all modules: by chance some wrong ones have as many right bits."""
_ALIKE = 0.75
"""By chance half of the modules agree, and a symbol that can be read keeps nine tenths."""


@dataclass(frozen=True, slots=True)
class Written:
    """`quad`: from the symbol's own top left corner clockwise. `mirrored`: seen from behind."""

    variant: Variant
    quad: Points
    mirrored: bool


@dataclass(frozen=True, slots=True)
class _Pose:
    variant: Variant
    dark: Mask
    turns: int
    mirrored: bool


def written_as(gray: Gray, quad: Points, text: str) -> Written | None:
    """The one way that agrees with the picture; None where none does. `quad`: px, clockwise from any corner.

    Writers are taken to use the smallest version that holds the text.
    """
    likely = sorted(_poses(gray, quad, text), key=_wrong_bits)[:_LIKELY]
    alike = [(_agreement(pose, text), at) for at, pose in enumerate(likely)]
    best, at = max(alike, default=(0.0, 0))
    if best < _ALIKE:
        return None
    pose = likely[at]
    return Written(pose.variant, np.roll(quad, -pose.turns, axis=0), pose.mirrored)


def _poses(gray: Gray, quad: Points, text: str) -> Iterator[_Pose]:
    for level in "LMQH":
        version = _smallest(text, level)
        if version is None:
            continue
        variants = [Variant(version, level, mask) for mask in range(8)]
        dark = seen_dark(straighten(gray, quad, variants[0].modules).means)
        for turns in range(4):
            turned = np.rot90(dark, turns)
            yield from (_Pose(variant, turned, turns, mirrored=False) for variant in variants)
            yield from (_Pose(variant, turned.T, turns, mirrored=True) for variant in variants)


@lru_cache(maxsize=32)
def _smallest(text: str, level: str) -> int | None:
    try:
        return int(segno.make_qr(text, error=level, mask=0, boost_error=False).version)
    except (ValueError, UnicodeError):  # the text fits in no version at this level
        return None


def _wrong_bits(pose: _Pose) -> int:
    """Of the fifteen that tell level and mask, where they are read best: a line takes those of a row or of a column."""
    bits = format_bits(pose.variant.level, pose.variant.mask)
    wanted = [bool(bits >> at & 1) for at in range(14, -1, -1)]
    return min(
        sum(bool(pose.dark[place]) != bit for place, bit in zip(places, wanted, strict=True))
        for places in format_places(pose.variant.modules)
    )


def _agreement(pose: _Pose, text: str) -> float:
    return max((float((modules == pose.dark).mean()) for modules in encodings(text, pose.variant)), default=0.0)
