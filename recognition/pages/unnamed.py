"""A page whose identity could not be read: is it one of ours all the same, and which way does it lie?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from recognition.codes import SymbolState
from recognition.files.turn import Gray
from recognition.form import Form, PageKind, SymbolPlace
from recognition.geometry.frame import Frame, Work
from recognition.geometry.locate import locate
from recognition.geometry.placement import Placement, corners
from recognition.pages.findings import Findings, PlacedSymbol, guessed_placement
from recognition.squares.find import Anchors, SquaresFound, Tones, find_squares
from recognition.symbols.presence import looks_like_symbol, runs_out, state_at
from recognition.symbols.reading import Symbol, read

_BLIND_SLACK_MM = 12.0
_LEAST_SQUARES = 3
_LIKELY_SCALE = 0.08
"""A harmed symbol of another size than the sheet has was located wrongly."""
_NO_ANCHORS: Anchors = (np.empty((0, 2)), np.empty((0, 2)))


@dataclass(frozen=True, slots=True)
class _Guess:
    kind: PageKind
    squares: SquaresFound
    symbols: tuple[PlacedSymbol, ...]
    located: int
    alike: int
    """Places that are filled as a symbol fills them: text that stands there on a page upside down is not enough."""

    @property
    def placed(self) -> bool:
        """Only squares hold a sheet: the corners of a harmed symbol are known too badly to measure by."""
        return len(self.squares.centres) >= min(_LEAST_SQUARES, len(self.kind.squares)) > 0

    @property
    def score(self) -> float:
        return 2 * self.located + self.alike + (len(self.squares.centres) if self.placed else 0)


def look_at_unnamed(form: Form, frame: Frame, work: Work) -> Findings:
    """The best guess among kinds of page and ways to lie; the plain upright sheet where nothing speaks for any."""
    harmed = [symbol for symbol in read(work.gray, damaged=True) if symbol.text is None]
    tones = _page_tones(work.gray)
    best: _Guess | None = None
    for kind in sorted(form.kinds.values(), key=lambda kind: len(kind.squares)):
        for seed, located in _seeds(kind, harmed, frame, work, form.paper):
            guess = _guess(work.gray, kind, seed, located, tones)
            if best is None or guess.score > best.score:
                best = guess
    if best is None:
        return Findings(frame, guessed_placement(frame, form.paper), placed=False)
    back = 1 / work.fx, 1 / work.fy
    return Findings(
        frame,
        work.to_picture(best.squares.placement),
        placed=best.placed,
        kind=best.kind if best.placed else None,
        symbols=best.symbols,
        squares={name: centre * back for name, centre in best.squares.centres.items()} if best.placed else {},
    )


def _page_tones(gray: Gray) -> Tones:
    ink, paper = np.percentile(gray[::4, ::4], (0.5, 75))
    return Tones(float(ink), float(paper))


def _seeds(
    kind: PageKind, harmed: Sequence[Symbol], frame: Frame, work: Work, paper: tuple[float, float]
) -> Iterator[tuple[Placement, int]]:
    """Placements by symbols that were located but not read, then the sheet filling the picture either way up."""
    upright = guessed_placement(frame, paper).scaled(work.fx, work.fy)
    found = locate(harmed, kind.symbols, paper, work.gray.shape[::-1]) if harmed else None
    middle = paper[0] / 2, paper[1] / 2
    if found and abs(found.placement.px_per_mm(middle) / upright.px_per_mm(middle) - 1) < _LIKELY_SCALE:
        yield found.placement, len(found.symbols)
    turned = np.array([(-1.0, 0.0, paper[0]), (0.0, -1.0, paper[1]), (0.0, 0.0, 1.0)])
    yield upright, 0
    yield Placement(upright.matrix @ turned), 0


def _guess(gray: Gray, kind: PageKind, seed: Placement, located: int, tones: Tones) -> _Guess:
    anchors = _corner_anchors(seed, kind) if located else _NO_ANCHORS
    squares = find_squares(gray, seed, kind.squares, anchors, tones, slack_mm=_BLIND_SLACK_MM)
    sure = located > 0 or len(squares.centres) >= _LEAST_SQUARES
    placement = squares.placement if sure else seed
    # One place that looks like a symbol vouches for the sheet; its other places are then asked for any ink at all.
    alike = sum(looks_like_symbol(gray, placement, place.box, tones) for place in kind.symbols)
    ours = sure or alike > 0
    states = [state_at(gray, placement, place.box, tones) if ours else SymbolState.MISSING for place in kind.symbols]
    held = len(squares.centres) >= _LEAST_SQUARES
    places = tuple(
        PlacedSymbol(place.corner, state, marked=held and _is_marked(gray, placement, place, state, tones))
        for place, state in zip(kind.symbols, states, strict=True)
    )
    return _Guess(kind, SquaresFound(squares.centres, placement), places, located, alike)


def _is_marked(gray: Gray, placement: Placement, place: SymbolPlace, state: SymbolState, tones: Tones) -> bool:
    return state is SymbolState.DAMAGED and runs_out(gray, placement, place.box, tones)


def _corner_anchors(seed: Placement, kind: PageKind) -> Anchors:
    points_mm = np.vstack([corners(place.box) for place in kind.symbols])
    return points_mm, seed.to_px(points_mm)
