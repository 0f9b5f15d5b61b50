"""Looks at one page: identity, places, squares. The quick way first, patience only where it is needed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from recognition.codes import SymbolState
from recognition.files.raster import Raster
from recognition.files.turn import Gray
from recognition.form import Form, Identity, PageKind, parse_payload
from recognition.geometry.frame import MM_PER_INCH, Frame, Work, corrected, frame_of, work_copy
from recognition.geometry.locate import Located, bend_mm, locate, symbols_disagree
from recognition.geometry.placement import Box, Placement, corners
from recognition.pages.findings import Bend, Findings, PlacedSymbol, guessed_placement
from recognition.pages.first_look import look_first
from recognition.pages.symbol_quality import with_quality
from recognition.pages.unnamed import look_at_unnamed
from recognition.quality.ink import INK, STRONG_INK, is_blank
from recognition.quality.lean import lean_deg
from recognition.quality.light import tones_in, unevenness
from recognition.quality.surface import surface_of
from recognition.squares.condition import conditions
from recognition.squares.find import SquaresFound, Tones, centre_of, find_squares
from recognition.symbols.cascade import COMMON, RARE, Patience, read_large, read_patiently
from recognition.symbols.last_look import look_again
from recognition.symbols.presence import read_at, runs_out, state_at
from recognition.symbols.reading import Symbol, read
from recognition.verdict.thresholds import ANGLE_DEG, SIZE_RATIO

_BENT_SLACK_MM = 10.0
"""Where the symbols show perspective, they predict squares only so well."""
_PATIENCE_S = 1.5
"""Of CPU for one page: every stage on a page of 600 dpi takes less, and the deadline of a page is 5 s."""
_LEAST_SIDE_PX = 40
"""Of the searched copy: a third of an inch. A narrower picture shows no page, and resizing would make nothing of it."""


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the readers have to know of the page."""

    raster: Raster
    form: Form
    frame: Frame
    work: Work
    patience: Patience = field(default_factory=lambda: Patience.of(_PATIENCE_S))

    def ours(self, text: str) -> bool:
        return parse_payload(self.form, text) is not None


def look(raster: Raster, form: Form) -> Findings:
    """Everything that can be seen on the page. Raises FileRefusedError where its pixels cannot be decoded."""
    frame = frame_of(raster, form.paper)
    sight = _Sight(raster, form, frame, work_copy(raster, frame, form.paper))
    if min(sight.work.gray.shape) < _LEAST_SIDE_PX:
        return Findings(frame, guessed_placement(frame, form.paper), placed=False, blank=True)
    seen = look_first(form, frame, sight.work) or read(sight.work.gray)
    symbols = [symbol for symbol in seen if not symbol.mirrored]
    if not symbols and is_blank(sight.work.gray, _px_per_mm(sight), STRONG_INK if seen else INK):
        return Findings(frame, guessed_placement(frame, form.paper), placed=False, blank=True)
    page = _named_page(sight, symbols)
    if page is None:
        symbols = _patient(sight) or symbols
        page = _named_page(sight, symbols)
    return page or _unnamed_page(sight, symbols)


def _unnamed_page(sight: _Sight, symbols: Sequence[Symbol]) -> Findings:
    """No symbol names the page: what else says that it is ours, and the dearest readings where something does."""
    evidence = look_at_unnamed(sight.form, sight.frame, sight.work)
    if evidence.symbol_like or evidence.squares or not symbols:
        page = _named_page(sight, _desperate(sight))
        if page is not None:
            return page
    foreign = tuple(_in_picture(sight, symbol) for symbol in symbols if symbol.text and not symbol.mirrored)
    lean = None if evidence.placed else lean_deg(sight.work.gray)
    return replace(evidence, foreign=foreign, lean_deg=lean)


def _px_per_mm(sight: _Sight) -> float:
    return sight.frame.guessed_dpi(sight.form.paper) / 25.4 * max(sight.work.fx, sight.work.fy)


def _patient(sight: _Sight) -> list[Symbol]:
    """The common harms on the work copy, then the whole picture as it is."""
    found = read_patiently(sight.work.gray, COMMON, sight.ours, sight.patience)
    if found:
        return found
    fine = work_copy(sight.raster, sight.frame, sight.form.paper, fine=True)
    ratio = sight.work.fx / fine.fx, sight.work.fy / fine.fy
    return [symbol.scaled(*ratio) for symbol in read(fine.gray, thorough=True)]


def _desperate(sight: _Sight) -> list[Symbol]:
    """The rare harms, the largest copy, and another library."""
    gray = sight.work.gray
    found = read_patiently(gray, RARE, sight.ours, sight.patience)
    return found or ([] if sight.patience.is_over else read_large(gray) or look_again(gray))


def _named(sight: _Sight, symbols: Sequence[Symbol]) -> list[tuple[Identity, list[Symbol]]]:
    """Symbols of this form by the page they name, the page named most often first."""
    groups: dict[Identity, list[Symbol]] = {}
    for symbol in symbols:
        identity = parse_payload(sight.form, symbol.text) if symbol.text is not None else None
        if identity is not None and not symbol.mirrored:
            groups.setdefault(identity, []).append(symbol)
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def _named_page(sight: _Sight, symbols: Sequence[Symbol]) -> Findings | None:
    """The page that its symbols name, or None where none of them names one of this form's."""
    for identity, own in _named(sight, symbols):
        kind = sight.form.kind_of(identity.page)
        located = locate(own, kind.symbols, sight.form.paper, sight.work.gray.shape[::-1])
        if located is not None:
            return _measured(sight, identity, kind, located, symbols)
    return None


def _measured(
    sight: _Sight, identity: Identity, kind: PageKind, located: Located, symbols: Sequence[Symbol]
) -> Findings:
    tones = _tones(sight.work.gray, located)
    squares = _squares(sight.work.gray, kind, located, tones)
    placement = sight.work.to_picture(squares.placement)
    placed = _places(sight, identity, located, squares, tones)
    back = 1 / sight.work.fx, 1 / sight.work.fy
    middle = sight.form.paper[0] / 2, sight.form.paper[1] / 2
    return Findings(
        corrected(sight.frame, placement.px_per_mm(middle) * MM_PER_INCH, sight.form.paper),
        placement,
        placed=True,
        identity=identity,
        kind=kind,
        others=tuple(other for other, _ in _named(sight, symbols) if other != identity),
        foreign=tuple(_in_picture(sight, one) for one in symbols if one.text and not sight.ours(one.text)),
        symbols=with_quality(placed, kind.symbols, squares.placement, sight.work),
        squares={name: centre * back for name, centre in squares.centres.items()},
        square_conditions=conditions(sight.work.gray, squares, kind.squares, tones),
        bend=_bend(sight, kind, located, squares),
        surface=surface_of(
            sight.work.gray, squares.placement, sight.form.paper, kind, squares.centres, located.symbols
        ),
    )


def _tones(gray: Gray, located: Located) -> Tones:
    quads = [symbol.quad for symbol in located.symbols.values()]
    parts = [tones_in(_inside(gray, quad)) for quad in quads]
    return Tones(min(tones.ink for tones in parts), max(tones.paper for tones in parts))


def _inside(gray: Gray, quad: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Gray:
    (x0, y0), (x1, y1) = np.clip(quad.min(axis=0), 0, None), quad.max(axis=0)
    return gray[int(y0) : int(y1) + 1, int(x0) : int(x1) + 1]


def _squares(gray: Gray, kind: PageKind, located: Located, tones: Tones) -> SquaresFound:
    if not kind.squares:
        return SquaresFound({}, located.placement)
    chosen = [place for place in kind.symbols if place.corner in located.symbols]
    anchors = (
        np.vstack([corners(place.box) for place in chosen]),
        np.vstack([located.symbols[place.corner].quad for place in chosen]),
    )
    ratio, angle = symbols_disagree(located.symbols, kind.symbols)
    bent = ratio > SIZE_RATIO or angle > ANGLE_DEG
    slack = {"slack_mm": _BENT_SLACK_MM} if bent else {}
    return find_squares(gray, located.placement, kind.squares, anchors, tones, **slack)


def _places(
    sight: _Sight, identity: Identity, located: Located, squares: SquaresFound, tones: Tones
) -> list[PlacedSymbol]:
    """Each symbol's place of the form; an unread one gets a second, closer look."""
    result = []
    for place in sight.form.kind_of(identity.page).symbols:
        symbol = located.symbols.get(place.corner)
        if symbol is not None:
            result.append(PlacedSymbol(place.corner, SymbolState.OK, _in_picture(sight, symbol)))
            continue
        state = state_at(sight.work.gray, squares.placement, place.box, tones)
        symbol = None if state is SymbolState.MISSING else _closer(sight, identity, place.box, squares.placement)
        marked = symbol is None and state is SymbolState.DAMAGED
        marked = marked and runs_out(sight.work.gray, squares.placement, place.box, tones)
        result.append(PlacedSymbol(place.corner, state if symbol is None else SymbolState.OK, symbol, marked))
    return result


def _closer(sight: _Sight, identity: Identity, box: Box, placement: Placement) -> Symbol | None:
    """The symbol at its place, read from the whole picture; it must name the same page."""
    fine = work_copy(sight.raster, sight.frame, sight.form.paper, fine=True)
    there = sight.work.to_picture(placement).scaled(fine.fx, fine.fy)

    def same(text: str) -> bool:
        return parse_payload(sight.form, text) == identity

    symbol = read_at(fine.gray, there, box, same, sight.patience)
    return None if symbol is None else symbol.scaled(1 / fine.fx, 1 / fine.fy)


def _bend(sight: _Sight, kind: PageKind, located: Located, squares: SquaresFound) -> Bend:
    names = [place for place in kind.squares if place.name in squares.centres]
    points_mm = np.array([centre_of(place) for place in names]).reshape(-1, 2)
    points_px = np.array([squares.centres[place.name] for place in names]).reshape(-1, 2)
    ratio, angle = symbols_disagree(located.symbols, kind.symbols)
    return Bend(sight.raster.camera, unevenness(sight.work.gray), bend_mm(points_mm, points_px), ratio, angle)


def _in_picture(sight: _Sight, symbol: Symbol) -> Symbol:
    return symbol.scaled(1 / sight.work.fx, 1 / sight.work.fy)
