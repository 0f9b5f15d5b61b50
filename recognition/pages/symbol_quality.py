"""The quality of every symbol of a page, of unread ones too where another symbol tells what they should say."""

from collections.abc import Sequence
from dataclasses import replace

from recognition.codes import SymbolState
from recognition.form import SymbolPlace
from recognition.geometry.frame import Work
from recognition.geometry.placement import Placement, Points, corners
from recognition.pages.findings import PlacedSymbol
from recognition.symbols.quality import SymbolQuality, quality_near, quality_of
from recognition.symbols.reading import Symbol


def with_quality(
    placed: Sequence[PlacedSymbol], places: Sequence[SymbolPlace], placement: Placement, work: Work
) -> tuple[PlacedSymbol, ...]:
    """`placement` in px of the work copy. The symbols of one page carry one text (docs/decisions.md)."""
    known = [place.symbol for place in placed if place.symbol is not None and place.symbol.variant is not None]
    boxes = {place.corner: place.box for place in places}
    return tuple(
        replace(place, quality=_quality(place, placement.to_px(corners(boxes[place.corner])), known, work))
        for place in placed
    )


def _quality(place: PlacedSymbol, expected: Points, known: Sequence[Symbol], work: Work) -> SymbolQuality | None:
    own = place.symbol if place.symbol is not None and place.symbol.variant is not None else None
    told = own or (known[0] if known else None)
    if told is None or told.text is None or told.variant is None or place.state is SymbolState.MISSING:
        return None
    if own is not None:
        return quality_of(work.gray, own.scaled(work.fx, work.fy).quad, told.text, told.variant)
    return quality_near(work.gray, expected, told.text, told.variant)
