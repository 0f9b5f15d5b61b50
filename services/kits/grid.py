"""The picture of a college's kits: one cell a kit, readable on a phone.

State is shown by shape and word as well as by colour. A messenger shows pictures at most 1,280 px wide, so the picture
is drawn at that width and cells shrink as N grows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import recognition

FONT = Path(recognition.__file__).parent / "picture" / "DejaVuSans-Bold-subset.ttf"
"""The font of recognition's own pictures; it has Cyrillic."""

WIDTH = 1280
MARGIN = 48
GAP_SHARE = 0.08
"""The gap between cells as a share of a cell's width."""

ROW_SHARE = 0.56
"""A cell's height as a share of its width."""

COLUMNS = ((4, 2), (9, 3), (16, 4), (50, 5), (96, 8), (200, 12), (480, 16))
"""For up to so many cells, so many columns."""

MOST_COLUMNS = 20
DENSE = 110
"""Cells narrower than this, in px, have their mark under the number rather than beside it."""

MARKS = {"complete": "✓", "conflict": "!", "surplus": "+", "aside": "–", "waiting": "·"}
"""What a dense cell has under its number instead of a drawn mark."""

CLEAREST = 2
"""Drawn so many times larger and then reduced: smooth edges for circles, ticks and dashes."""


Box = tuple[float, float, float, float]
"""Left, top, right, bottom in px of the enlarged drawing."""


class CellState(StrEnum):
    """What a cell shows."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    CONFLICT = "conflict"
    SURPLUS = "surplus"
    ASIDE = "aside"
    WAITING = "waiting"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a state: its ground, its edge and its ink (contrast of ink on ground at least 4.5:1)."""

    ground: str
    edge: str
    ink: str


LOOKS = {
    CellState.COMPLETE: Look("#dff3e4", "#2e9e5b", "#14532d"),
    CellState.PARTIAL: Look("#fff1d6", "#e09a1a", "#6b3f00"),
    CellState.CONFLICT: Look("#fde4e4", "#d03a3a", "#7a1414"),
    CellState.ASIDE: Look("#eef0f3", "#8a94a3", "#434c59"),
    CellState.SURPLUS: Look("#ece6fb", "#7c5cd6", "#3b2280"),
    CellState.WAITING: Look("#e2effc", "#3b82c4", "#123f68"),
    CellState.EMPTY: Look("#ffffff", "#c3c9d2", "#5f6875"),
}
PAPER, INK, SOFT, RAIL = "#ffffff", "#1c2430", "#5b6472", "#e9edf2"


@dataclass(frozen=True, slots=True)
class Cell:
    """One kit; `note` is its second line, such as the pages that are missing."""

    state: CellState
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """All that the picture says; words come from outside. `legend` holds (state, words) in their order."""

    title: str
    college: str
    moment: str
    cells: Sequence[Cell]
    legend: Sequence[tuple[CellState, str]] = ()
    share: float | None = None
    """How full the bar under the title is, 0 to 1; no bar where None."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Measures of one picture in px of the enlarged drawing."""

    columns: int
    cell: float
    gap: float
    top: float
    rows: int = 0
    height: int = field(default=0)

    @property
    def row(self) -> float:
        return self.cell * ROW_SHARE

    def box(self, place: int) -> Box:
        """The box of a cell by its place."""
        down, along = divmod(place, self.columns)
        left = MARGIN * CLEAREST + along * (self.cell + self.gap)
        top = self.top + down * (self.row + self.gap)
        return (left, top, left + self.cell, top + self.row)


def draw_grid(grid: Grid) -> bytes:
    """The picture as PNG."""
    frame = frame_of(grid)
    image = Image.new("RGB", (WIDTH * CLEAREST, frame.height), PAPER)
    brush = ImageDraw.Draw(image)
    draw_head(brush, grid)
    for place, cell in enumerate(grid.cells):
        draw_cell(brush, frame.box(place), cell)
    draw_legend(brush, grid, frame)
    small = image.resize((WIDTH, frame.height // CLEAREST), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def columns_for(cells: int) -> int:
    return next((columns for most, columns in COLUMNS if cells <= most), MOST_COLUMNS)


def frame_of(grid: Grid) -> Frame:
    columns = columns_for(len(grid.cells))
    room = (WIDTH - 2 * MARGIN) * CLEAREST
    cell = room / (columns + (columns - 1) * GAP_SHARE)
    gap = cell * GAP_SHARE
    top = (282 if grid.share is not None else 236) * CLEAREST
    rows = -(-len(grid.cells) // columns)
    foot = (60 + 56 * len(legend_lines(grid))) * CLEAREST
    return Frame(columns, cell, gap, top, rows, int(top + rows * (cell * ROW_SHARE + gap) + foot))


def font(size: float) -> ImageFont.FreeTypeFont:
    return font_of(round(size))


@lru_cache(maxsize=64)
def font_of(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def fitting(text: str, width: float, largest: float, smallest: float = 12) -> ImageFont.FreeTypeFont:
    """The largest font in which the text is at most so wide."""
    drawn = font(largest)
    wide = drawn.getlength(text)
    return drawn if wide <= width else font(max(smallest, largest * width / wide))


def shortened(text: str, width: float, drawn: ImageFont.FreeTypeFont) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if drawn.getlength(text) <= width:
        return text
    while text and drawn.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


def draw_head(brush: ImageDraw.ImageDraw, grid: Grid) -> None:
    left, room = MARGIN * CLEAREST, (WIDTH - 2 * MARGIN) * CLEAREST
    brush.text((left, 40 * CLEAREST), grid.title, INK, fitting(grid.title, room, 62 * CLEAREST))
    drawn = font(27 * CLEAREST)
    brush.text((left, 128 * CLEAREST), shortened(grid.college, room, drawn), SOFT, drawn)
    brush.text((left, 172 * CLEAREST), grid.moment, SOFT, font(24 * CLEAREST))
    if grid.share is not None:
        top, bottom, radius = 222 * CLEAREST, 242 * CLEAREST, 10 * CLEAREST
        brush.rounded_rectangle((left, top, left + room, bottom), radius, RAIL)
        if grid.share > 0:
            filled = max(room * min(grid.share, 1), 2 * radius)
            brush.rounded_rectangle((left, top, left + filled, bottom), radius, LOOKS[CellState.COMPLETE].edge)


def draw_cell(brush: ImageDraw.ImageDraw, box: Box, cell: Cell) -> None:
    look, width = LOOKS[cell.state], box[2] - box[0]
    brush.rounded_rectangle(box, width * 0.07, look.ground, look.edge, max(2, round(width * 0.012)))
    if not cell.number:
        brush.text(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), "—", look.edge, font(width * 0.16), anchor="mm")
    elif width < DENSE * CLEAREST:
        draw_lines(brush, box, cell, cell.note or MARKS.get(cell.state, ""))
    else:
        draw_lines(brush, box, cell, cell.note, mark=cell.state != CellState.EMPTY)


def draw_lines(brush: ImageDraw.ImageDraw, box: Box, cell: Cell, note: str, *, mark: bool = False) -> None:
    """The number of a kit, with its mark before it, and a second line under it."""
    ink, width, height = LOOKS[cell.state].ink, box[2] - box[0], box[3] - box[1]
    middle, centre = box[1] + height * (0.36 if note else 0.5), (box[0] + box[2]) / 2
    drawn = fitting(cell.number, width * (0.68 if mark else 0.9), width * 0.2)
    brush.text((centre + (width * 0.09 if mark else 0), middle), cell.number, ink, drawn, anchor="mm")
    if mark:
        draw_mark(brush, (box[0] + width * 0.12, middle), width * 0.06, cell.state)
    if note:
        small = fitting(note, width * 0.88, width * (0.13 if mark else 0.18))
        brush.text((centre, box[1] + height * 0.74), note, ink, small, anchor="mm")


def draw_mark(brush: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, state: CellState) -> None:
    """A disc with a tick, a bar, an exclamation mark, a plus or a dot: the state without its colour."""
    x, y = centre
    brush.ellipse((x - radius, y - radius, x + radius, y + radius), LOOKS[state].edge)
    line, arm = max(2, round(radius * 0.28)), radius * 0.5
    if state == CellState.COMPLETE:
        brush.line(
            ((x - arm, y + arm * 0.05), (x - arm * 0.2, y + arm * 0.75), (x + arm, y - arm * 0.7)), PAPER, line, "curve"
        )
        return
    if state == CellState.CONFLICT:
        brush.line(((x, y - arm), (x, y + arm * 0.25)), PAPER, line)
        brush.ellipse((x - line / 2, y + arm - line, x + line / 2, y + arm), PAPER)
    if state in (CellState.PARTIAL, CellState.SURPLUS, CellState.ASIDE):
        brush.line(((x - arm, y), (x + arm, y)), PAPER, line)
    if state == CellState.SURPLUS:
        brush.line(((x, y - arm), (x, y + arm)), PAPER, line)
    if state == CellState.WAITING:
        brush.ellipse((x - arm / 2, y - arm / 2, x + arm / 2, y + arm / 2), PAPER)


def legend_lines(grid: Grid) -> list[list[tuple[CellState, str, float]]]:
    """The legend broken into lines: state, words, and where they begin."""
    room = (WIDTH - 2 * MARGIN) * CLEAREST
    lines: list[list[tuple[CellState, str, float]]] = [[]]
    along = 0.0
    for state, words in grid.legend:
        wide = font(25 * CLEAREST).getlength(words) + 80 * CLEAREST
        if along + wide > room and lines[-1]:
            lines.append([])
            along = 0.0
        lines[-1].append((state, words, along))
        along += wide
    return lines


def draw_legend(brush: ImageDraw.ImageDraw, grid: Grid, frame: Frame) -> None:
    top = frame.top + frame.rows * (frame.row + frame.gap) + 32 * CLEAREST
    for down, line in enumerate(legend_lines(grid)):
        middle = top + (down * 56 + 20) * CLEAREST
        for state, words, along in line:
            left, look = MARGIN * CLEAREST + along, LOOKS[state]
            box = (left, middle - 17 * CLEAREST, left + 34 * CLEAREST, middle + 17 * CLEAREST)
            brush.rounded_rectangle(box, 8 * CLEAREST, look.ground, look.edge, 2 * CLEAREST)
            if state != CellState.EMPTY:
                draw_mark(brush, (left + 17 * CLEAREST, middle), 11 * CLEAREST, state)
            brush.text((left + 46 * CLEAREST, middle), words, SOFT, font(25 * CLEAREST), anchor="lm")
