"""A participant's hand: the same kit and seed write the same ink, another kit writes another."""

from dataclasses import dataclass

import cv2
import numpy as np

from recognition.form import Box, Identity, PageKind
from recognition.form.fields import Strip, strips
from recognition.simulator.glyphs import GLYPHS, Stroke, smooth
from recognition.simulator.sheet import Picture

_GEL_PENS = ((42, 38, 38), (52, 46, 44), (40, 40, 46), (150, 62, 38))
"""Blue, green, red. Black gel pens, and one blue, as some bring against the rules."""
_OTHER_PENS = ((176, 104, 70), (52, 46, 168), (112, 108, 106), (146, 142, 140))
"""A pale ballpoint, a red pen, a soft pencil and a hard one, which a bilevel scan may lose."""
_BRINGS_OTHER_PEN, _WRITES_LITTLE, _CROSSES_OFTEN = 0.15, 0.15, 0.2
_CROSS = (np.array([(0.0, 0.05), (1.0, 0.95)]), np.array([(0.95, 0.0), (0.05, 1.0)]))


@dataclass(frozen=True, slots=True)
class Hand:
    """How one participant writes. `width` in mm, `slant` as a shear, sizes as parts of the field."""

    width: float
    slant: float
    size: float
    wobble: float
    pen: tuple[int, int, int]
    letters: tuple[Stroke, ...]
    fills: float
    task_page: float
    crosses: float
    """How many of the answers are a cross in the first cell."""

    @classmethod
    def of(cls, kit: str, seed: int) -> "Hand":
        """The hand of the kit's owner."""
        rng = np.random.default_rng([seed, *kit.encode()])
        letters = tuple(_letter(rng) for _ in range(14))
        habits = np.random.default_rng([seed, 4, *kit.encode()])
        little, crosses = habits.uniform() < _WRITES_LITTLE, habits.uniform() < _CROSSES_OFTEN
        pens = _OTHER_PENS if habits.uniform() < _BRINGS_OTHER_PEN else _GEL_PENS
        return cls(
            width=rng.uniform(0.35, 0.6),
            slant=rng.uniform(-0.1, 0.35),
            size=rng.uniform(0.55, 0.78),
            wobble=rng.uniform(0.02, 0.06),
            pen=pens[int(rng.integers(len(pens)))],
            letters=letters,
            fills=rng.uniform(0.55, 0.95) * (0.15 if little else 1.0),
            task_page=rng.uniform(),
            crosses=0.7 if crosses else 0.0,
        )

    def fills_page(self, page: int, pages: int) -> bool:
        """Sheet № 1 is always filled, and one task page of each kit (the Order's rule for the trial)."""
        return page == 1 or page == 2 + int(self.task_page * (pages - 1))


def write(paper: Picture, px_per_mm: float, kind: PageKind, identity: Identity, seed: int) -> None:
    """Fills the page's fields with pen strokes, where this participant fills the page."""
    hand = Hand.of(identity.kit, seed)
    if not hand.fills_page(identity.page, identity.pages or 2):
        return
    rng = np.random.default_rng([seed, identity.page, *identity.kit.encode()])
    written = _written(kind, hand, rng)
    if not written:
        return
    ink = np.zeros(paper.shape[:2], np.uint8)
    fine = 16
    points = [np.rint((stroke * px_per_mm - 0.5) * fine).astype(np.int32) for stroke in written]
    cv2.polylines(ink, points, False, (255,), max(1, round(hand.width * px_per_mm)), cv2.LINE_AA, shift=4)
    _soak(paper, ink, hand.pen)


def _written(kind: PageKind, hand: Hand, rng: np.random.Generator) -> list[Stroke]:
    rows = strips(kind.fields)
    lines = [row for row in rows if row.is_line]
    cells = [row for row in rows if not row.is_line]
    least = max(1, round(len(lines) * hand.fills / 3))
    used = lines[: int(rng.integers(least, max(least, round(len(lines) * min(1.0, hand.fills * 1.5))) + 1))]
    return [stroke for row in cells for stroke in _answer(row, hand, rng)] + [
        stroke for line in used for stroke in _sentence(line.box, hand, rng)
    ]


def _answer(row: Strip, hand: Hand, rng: np.random.Generator) -> list[Stroke]:
    if rng.uniform() > hand.fills:
        return []
    if hand.crosses and rng.uniform() < hand.crosses:
        return _character(row.cells[0], list(_CROSS), hand, rng)
    length = int(rng.integers(1, len(row.cells) + 1))
    drawn = rng.integers(len(GLYPHS), size=length)
    return [
        stroke
        for cell, glyph in zip(row.cells, drawn, strict=False)
        for stroke in _character(cell, GLYPHS[glyph], hand, rng)
    ]


def _character(cell: Box, glyph: list[Stroke], hand: Hand, rng: np.random.Generator) -> list[Stroke]:
    x, y, width, height = cell
    tall = min(height, width * 1.35) * hand.size * rng.uniform(0.9, 1.1)
    wide = tall * rng.uniform(0.5, 0.68)
    left = x + (width - wide) / 2 + rng.normal(0, 0.25)
    top = y + (height - tall) / 2 + rng.normal(0, 0.3)
    drawn = []
    for stroke in glyph:
        shaken = stroke + rng.normal(0, hand.wobble, stroke.shape)
        shaken[:, 0] += (0.5 - shaken[:, 1]) * hand.slant
        drawn.append(smooth(shaken) * (wide, tall) + (left, top))
    return drawn


def _letter(rng: np.random.Generator) -> Stroke:
    """A cursive letter of this hand: a small path that begins and ends near the line."""
    height = 1.0 if rng.uniform() < 0.75 else 1.8
    middle = rng.uniform((-0.1, 0.1), (0.8, 1.0), (int(rng.integers(2, 5)), 2)) * (1, height)
    return np.vstack([[0, 0.05], middle, [rng.uniform(0.7, 1.0), 0.05]])


def _sentence(line: Box, hand: Hand, rng: np.random.Generator) -> list[Stroke]:
    x, y, width, height = line
    low = height * hand.size * 0.42
    base, at, end = y + height * 0.9, x + rng.uniform(1, 6), x + width * rng.uniform(0.7, 1.0)
    words = []
    while at < end:
        parts = []
        for letter in rng.integers(len(hand.letters), size=int(rng.integers(2, 9))):
            shape = hand.letters[letter] + rng.normal(0, hand.wobble, hand.letters[letter].shape)
            slanted = np.stack([shape[:, 0] + shape[:, 1] * hand.slant, -shape[:, 1]], axis=1)
            parts.append(slanted * low + (at, base))
            at += shape[-1, 0] * low
        words.append(smooth(np.vstack(parts)))
        at += low * rng.uniform(0.9, 1.6)
    return [np.clip(word, (x, y - 1), (x + width, y + height + 1)) for word in words]


def _soak(paper: Picture, ink: Picture, pen: tuple[int, int, int]) -> None:
    """Lays the ink over the paper: light goes through ink and toner both, so the reflectances multiply."""
    if paper.ndim == 2:
        grey = round(0.114 * pen[0] + 0.587 * pen[1] + 0.299 * pen[2])
        cv2.multiply(paper, _filter(ink, grey), dst=paper, scale=1 / 255)
        return
    cv2.multiply(paper, cv2.merge([_filter(ink, level) for level in pen]), dst=paper, scale=1 / 255)


def _filter(ink: Picture, level: int) -> Picture:
    table = (255 - np.arange(256) * (255 - level) / 255).astype(np.uint8)
    return np.asarray(cv2.LUT(ink, table), dtype=np.uint8)
