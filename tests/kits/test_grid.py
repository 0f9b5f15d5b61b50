"""The picture of the kits: every kit has its cell, and it fits what messengers show."""

from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from services.kits.cells import cells_of, legend_of
from services.kits.counts import KitCounts, PartialKit
from services.kits.grid import LOOKS, PAPER, Cell, CellState, Grid, draw_grid, frame_of
from services.texts import load_texts

RU = load_texts("ru")
NUMBERS = st.lists(st.integers(1_000_000, 9_999_999).map(str), unique=True, max_size=40)


@st.composite
def ledgers(draw: st.DrawFn) -> KitCounts:
    numbers = draw(NUMBERS)
    first, second = sorted((draw(st.integers(0, len(numbers))), draw(st.integers(0, len(numbers)))))
    partial = tuple(
        PartialKit(number, tuple(sorted(draw(st.sets(st.integers(1, 9), max_size=4)))), draw(st.booleans()))
        for number in numbers[first:second]
    )
    declared = draw(st.none() | st.integers(max(first, 1), 60))
    return KitCounts(declared, first, tuple(numbers[:first]), partial, tuple(numbers[second:]))


@given(ledgers())
def test_every_kit_has_one_cell_and_there_are_n_at_least(counts: KitCounts) -> None:
    cells = cells_of(RU, counts)
    numbers = [cell.number for cell in cells if cell.number]
    assert len(numbers) == len(set(numbers)) == counts.complete + len(counts.partial) + len(counts.surplus)
    assert len(cells) - len(counts.surplus) >= (counts.declared or 0)
    assert sum(cell.state == CellState.COMPLETE for cell in cells) == counts.complete
    assert [cell.state for cell in cells[len(cells) - len(counts.surplus) :]] == [CellState.SURPLUS] * len(
        counts.surplus
    )
    assert {state for state, _ in legend_of(RU, cells)} == {cell.state for cell in cells}


def grid(cells: list[Cell], name: str = "Колледж связи № 7") -> Grid:
    return Grid("Засчитано 7 из 10", name, "на 27 августа, 14:32 (МСК+4)", cells, legend_of(RU, cells), 0.7)


@pytest.mark.parametrize("cells", [1, 2, 10, 11, 96, 400, 2000])
def test_any_n_fits_into_one_picture_that_messengers_take(cells: int) -> None:
    drawn = draw_grid(grid([Cell(CellState.PARTIAL, str(1_000_000 + at), "нет 1, 3") for at in range(cells)]))
    image = Image.open(BytesIO(drawn))
    assert image.width == 1280
    assert image.width + image.height <= 10_000
    assert len(drawn) < 2_000_000


def test_cells_do_not_touch_and_lie_inside() -> None:
    cells = [Cell(CellState.EMPTY)] * 23
    frame = frame_of(grid(cells))
    boxes = [frame.box(place) for place in range(23)]
    for left, right in pairwise(boxes):
        assert left[2] < right[0] or left[3] < right[1]
    assert max(box[3] for box in boxes) < frame.height


def test_each_state_has_its_colour_in_its_cell() -> None:
    cells = [Cell(state, "1041000") for state in CellState]
    image = Image.open(BytesIO(draw_grid(grid(cells)))).convert("RGB")
    frame = frame_of(grid(cells))
    for place, state in enumerate(CellState):
        left, _, _, bottom = frame.box(place)
        seen = image.getpixel((int(left / 2) + 30, int(bottom / 2) - 12))
        assert isinstance(seen, tuple)
        assert max(abs(a - b) for a, b in zip(seen, rgb(LOOKS[state].ground), strict=True)) <= 12


@pytest.mark.parametrize("state", list(CellState))
def test_words_are_readable_on_their_ground(state: CellState) -> None:
    assert contrast(LOOKS[state].ink, LOOKS[state].ground) >= 4.5


def test_a_name_of_any_length_does_not_run_out_of_the_picture() -> None:
    image = Image.open(BytesIO(draw_grid(grid([Cell(CellState.EMPTY)], "Ж" * 300)))).convert("RGB")
    edge = [image.getpixel((1279 - at, 145)) for at in range(40)]
    assert all(isinstance(pixel, tuple) and min(pixel) > 240 for pixel in edge), PAPER


def rgb(colour: str) -> tuple[int, int, int]:
    return (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [value / 255 for value in rgb(colour)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
