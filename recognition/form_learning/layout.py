"""Makes the kinds of pages out of what the pages show: kit after kit the same places."""

import numpy as np

from recognition.form import Box, PageKind, SquarePlace, SymbolPlace
from recognition.form.load import MOST_SQUARES, MOST_SYMBOLS, PLACES
from recognition.form_learning.faults import LearnError, LearnFault, LearnNote, Note
from recognition.form_learning.observe import SeenPage

_SAME_MM = 0.3
"""Drawn pages of one kind agree to a pixel (0.085 mm); kinds differ by millimetres."""
_SAME_SIDE = 0.06
"""Squares of one page are of one size; another size is decoration."""


def kinds_of(pages: list[SeenPage], length: int) -> tuple[dict[str, PageKind], tuple[str, ...], list[Note]]:
    """Kinds by name, the kind of each page of a kit, and what is to be said. Raises LearnError."""
    notes: list[Note] = []
    layouts = [_layout(pages[at::length], at, length, notes) for at in range(length)]
    unique: list[tuple[tuple[Box, ...], tuple[Box, ...]]] = []
    which: list[int] = []
    for layout in layouts:
        same = next((number for number, other in enumerate(unique) if _same(layout, other)), None)
        if same is None:
            unique.append(layout)
        which.append(len(unique) - 1 if same is None else same)
    names = [f"task_{number}" if number > 1 else "task" for number in range(len(unique))]
    names[0] = "answer_sheet"
    if not any(squares for _, squares in unique):
        notes.append(Note(LearnNote.NO_SQUARES))
    paper = pages[0].paper
    kinds = {name: _kind(name, layout, paper) for name, layout in zip(names, unique, strict=True)}
    sequence = [names[number] for number in which]
    while len(sequence) > 1 and sequence[-1] == sequence[-2]:
        sequence.pop()
    return kinds, tuple(sequence), notes


def _layout(pages: list[SeenPage], at: int, length: int, notes: list[Note]) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Symbols and squares of one page of the kit, as all kits have them."""
    symbols = pages[0].symbols
    if len(symbols) > MOST_SYMBOLS:
        raise LearnError(LearnFault.TOO_MANY_SYMBOLS, page=at + 1, most=MOST_SYMBOLS)
    for kit, page in enumerate(pages):
        if not _near(page.symbols, symbols):
            raise LearnError(LearnFault.PLACES_DIFFER, page=at + 1, other=kit * length + at + 1)
    standing = [box for box in pages[0].squares if all(_has(page.squares, box) for page in pages)]
    squares = _family(standing)
    if len(standing) > len(squares):
        notes.append(Note(LearnNote.SQUARES_IGNORED, {"page": at + 1, "count": len(standing) - len(squares)}))
    middle = [np.median([page.symbols[index] for page in pages], axis=0) for index in range(len(symbols))]
    return tuple(_box(box) for box in middle), tuple(squares)


def _family(squares: list[Box]) -> list[Box]:
    """The squares of one size: the size of which there are most, of equals the one spread widest over the page."""
    families: list[list[Box]] = []
    for box in squares:
        family = next((one for one in families if abs(one[0][2] / box[2] - 1) < _SAME_SIDE), None)
        if family is None:
            families.append([box])
        else:
            family.append(box)
    families = [family for family in families if len(family) <= MOST_SQUARES]
    return max(families, key=lambda family: (len(family), _spread(family)), default=[])


def _spread(boxes: list[Box]) -> float:
    points = np.array([(x, y) for x, y, _, _ in boxes])
    return float(np.ptp(points[:, 0]) + np.ptp(points[:, 1]))


def _kind(name: str, layout: tuple[tuple[Box, ...], tuple[Box, ...]], paper: tuple[float, float]) -> PageKind:
    symbols, squares = layout
    named = zip(_names(list(symbols), paper, "symbol"), symbols, strict=True)
    marked = zip(_names(list(squares), paper, "square"), squares, strict=True)
    return PageKind(
        name,
        tuple(SymbolPlace(corner, box) for corner, box in named),
        tuple(SquarePlace(place, box) for place, box in marked),
    )


def _names(boxes: list[Box], paper: tuple[float, float], what: str) -> list[str]:
    """The third of the page in which each centre lies; where two share it both are numbered."""
    rows, columns = ("top", "middle", "bottom"), ("left", "middle", "right")
    names = []
    for x, y, width, height in boxes:
        row = rows[min(2, int(3 * (y + height / 2) / paper[1]))]
        column = columns[min(2, int(3 * (x + width / 2) / paper[0]))]
        name = "middle" if row == column == "middle" else f"{row}_{column}"
        names.append(name if name in PLACES else f"{what}_1")
    return [name if names.count(name) == 1 else f"{what}_{number}" for number, name in enumerate(names, 1)]


def _same(one: tuple[tuple[Box, ...], tuple[Box, ...]], other: tuple[tuple[Box, ...], tuple[Box, ...]]) -> bool:
    return _near(one[0], other[0]) and _near(one[1], other[1])


def _near(some: tuple[Box, ...], others: tuple[Box, ...]) -> bool:
    return len(some) == len(others) and all(_has(others, box) for box in some)


def _has(boxes: tuple[Box, ...], wanted: Box) -> bool:
    return any(max(abs(a - b) for a, b in zip(box, wanted, strict=True)) < _SAME_MM for box in boxes)


def _box(values: np.ndarray) -> Box:
    x, y, width, height = (round(float(value), 2) for value in values)
    return x, y, width, height
