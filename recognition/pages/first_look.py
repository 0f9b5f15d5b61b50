"""The quick first look: only where the form's symbols stand on a sheet that lies straight, either way up.

Most pages of a stack lie so. A tenth of the picture is then searched instead of all of it; whatever is not just as
the form has it is left to the whole search.
"""

from functools import lru_cache

import numpy as np

from recognition.form import Form, parse_payload
from recognition.geometry.frame import Frame, Work
from recognition.geometry.placement import Box, Placement, Points, bounds, corners
from recognition.pages.findings import guessed_placement
from recognition.symbols.reading import Symbol, read

_SLACK_MM = 14.0
"""A sheet 2 degrees askew moves its corner symbols by 10 mm, a feeder by some mm more."""
_SIZE = 0.06
"""A sheet printed smaller than this is left to the whole search: two shrunken pages may stand on one side."""


def look_first(form: Form, frame: Frame, work: Work) -> list[Symbol]:
    """All symbols of one page, each found near its place and in its size; none where anything is otherwise.

    Forms with one symbol a page are always searched whole: there one symbol does not vouch for the sheet.
    """
    symbols: list[Symbol] = []
    upright = guessed_placement(frame, form.paper).scaled(work.fx, work.fy)
    for window in _windows(form):
        x, y, width, height = (max(0, round(side)) for side in upright.box_px(window))
        part = np.ascontiguousarray(work.gray[y : y + height, x : x + width])
        symbols += [symbol.moved(x, y) for symbol in read(part)] if min(part.shape, default=0) > 0 else []
    return symbols if _whole(form, symbols, upright) else []


def _whole(form: Form, symbols: list[Symbol], upright: Placement) -> bool:
    identities = {parse_payload(form, symbol.text) if symbol.text else None for symbol in symbols}
    if len(symbols) < 2 or len(identities) != 1 or any(symbol.mirrored for symbol in symbols):
        return False
    identity = identities.pop()
    places = form.kind_of(identity.page).symbols if identity else ()
    side = sum((place.box[2] * place.box[3]) ** 0.5 for place in places) / max(1, len(places))
    expected = side * upright.px_per_mm((form.paper[0] / 2, form.paper[1] / 2))
    sized = all(abs(_side(symbol.quad) / expected - 1) < _SIZE for symbol in symbols) if places else False
    return sized and len(symbols) == len(places)


def _side(quad: Points) -> float:
    """The mean side of a symbol, px."""
    return float(np.linalg.norm(quad - np.roll(quad, 1, axis=0), axis=1).mean())


@lru_cache(maxsize=8)
def _boxes(form_boxes: tuple[Box, ...], paper: tuple[float, float]) -> tuple[Box, ...]:
    """Windows around the boxes and around where they stand on a sheet upside down, joined where they overlap, mm."""
    turned = tuple((paper[0] - x - width, paper[1] - y - height, width, height) for x, y, width, height in form_boxes)
    joined: list[Points] = []
    for box in form_boxes + turned:
        points = corners(box)
        own = np.array([points.min(axis=0) - _SLACK_MM, points.max(axis=0) + _SLACK_MM])
        while touching := [one for one in joined if (own[0] <= one[1]).all() and (one[0] <= own[1]).all()]:
            own = np.array([np.min([own, *touching], axis=(0, 1)), np.max([own, *touching], axis=(0, 1))])
            joined = [one for one in joined if not any(one is other for other in touching)]
        joined.append(own)
    return tuple(bounds(np.clip(one, 0, np.array(paper))) for one in joined)


def _windows(form: Form) -> tuple[Box, ...]:
    return _boxes(tuple(place.box for kind in form.kinds.values() for place in kind.symbols), form.paper)
