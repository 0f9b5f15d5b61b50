"""A form as data: the official form and the practice form are two files of one shape.

Nothing else in recognition knows a place, a size or a payload by heart. All measures are mm from the top left corner
of the upright page.
"""

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""x, y, width, height in mm."""


@dataclass(frozen=True, slots=True)
class SymbolPlace:
    """A QR symbol. `box` is the outer edge of its dark modules, without the quiet zone."""

    corner: str
    box: Box


@dataclass(frozen=True, slots=True)
class SquarePlace:
    """A black square (реперная точка), named by its place in the upright page."""

    name: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page: `answer_sheet`, `task`, `task_2`, … `fields` are the boxes where people write."""

    name: str
    symbols: tuple[SymbolPlace, ...]
    squares: tuple[SquarePlace, ...]
    fields: tuple[Box, ...] = ()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All places of the page that must be there whole."""
        return (*(place.box for place in self.symbols), *(place.box for place in self.squares), *self.fields)


@dataclass(frozen=True, slots=True)
class PayloadGrammar:
    """How a symbol's text names its page.

    `pattern` is a regular expression with the group kit and, where the form has them, event, page, pages and check;
    `template` builds a payload from the same names; `check` names the algorithm of the check code or is None;
    `first_page` is the number that the payload gives to page 1 (0 or 1).
    """

    pattern: str
    template: str
    check: str | None = None
    first_page: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form. `kinds_by_page` gives the kind of pages 1, 2, …; its last entry serves every further page."""

    name: str
    paper: tuple[float, float]
    pages: int
    kinds: dict[str, PageKind]
    kinds_by_page: tuple[str, ...]
    payload: PayloadGrammar

    def kind_of(self, page: int) -> PageKind:
        """The kind of the page with this number, counted from 1."""
        return self.kinds[self.kinds_by_page[min(page, len(self.kinds_by_page)) - 1]]
