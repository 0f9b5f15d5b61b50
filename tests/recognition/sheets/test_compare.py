"""One sheet scanned twice, two sheets of one number, and what cannot be told: through the pool, from real files."""

import asyncio
import io
import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from recognition.form import Form, practice_form
from recognition.picture.canvas import MARGIN_PX
from recognition.pool import Pool
from recognition.sheets import Comparison, Likeness, Spot
from tests.recognition.drawn import pdf, scanned
from tests.recognition.sheets.same_words import written
from tests.recognition.sheets.stack import FORM, Stack

ANNA, BORIS = 5, 6


async def likeness(pool: Pool, first: Spot, second: Spot, form: Form = FORM) -> Likeness:
    (answer,) = await pool.compare([(first, second)], form)
    return answer.likeness


@pytest.mark.parametrize(
    ("dpi", "mode", "rotation", "defect"),
    [
        (200, "bilevel", 90, None),
        (150, "colour", 270, "printed_scaled"),
        (150, "grey", 180, "streaks"),
    ],
)
async def test_a_sheet_is_known_again_and_told_from_another(
    pool: Pool, stack: Stack, dpi: int, mode: str, rotation: int, defect: str | None
) -> None:
    how = {"dpi": dpi, "mode": mode, "rotation": rotation, "defect": defect, "seed": 2}
    first = stack.scan(hand=ANNA)
    answers = await pool.compare([(first, stack.scan(hand=hand, **how)) for hand in (ANNA, BORIS)], FORM)
    assert [answer.likeness for answer in answers] == [Likeness.SAME, Likeness.DIFFERENT]


async def test_what_differs_is_shown_on_both(pool: Pool, stack: Stack) -> None:
    first, second = stack.scan(hand=ANNA), stack.scan(hand=BORIS, seed=3)
    (answer,) = await pool.compare([(first, second)], FORM)
    assert answer.score is not None
    assert answer.score < 0.6
    assert answer.probability is not None
    assert 0 < answer.probability <= 0.05
    assert answer.places_mm
    for x, y, width, height in answer.places_mm:
        assert 0 <= x < x + width <= 210
        assert 55 <= y < y + height <= 262, "only where people write"
    assert answer.pictures
    for picture in answer.pictures:
        assert len(picture) <= 300_000
        shown = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).astype(int)
        assert shown.shape[0] > shown.shape[1], "upright"
        red = shown[..., 0] - shown[..., 1] > 90
        assert red.sum() > 500, "red outlines"
        per_mm = (shown.shape[0] - 2 * MARGIN_PX) / 297
        strokes = 0
        for place in answer.places_mm:
            left, top, right, bottom = (round(mm * per_mm + MARGIN_PX) for mm in inner(place))
            strokes += int(red[top:bottom, left:right].sum())
        assert strokes > 300, "red strokes inside the outlines"


def inner(box: tuple[float, ...]) -> tuple[float, ...]:
    x, y, width, height = box
    return x + 2, y + 2, x + width - 2, y + height - 2


def altered(spot: Spot, *, white: tuple[float, ...] | None = None, line: Sequence[tuple[float, float]]) -> Spot:
    """The scan as if its paper had been painted over in white and written on by a black pen; mm, upright, 150 dpi."""
    image = Image.open(spot.path).convert("L")
    draw = ImageDraw.Draw(image)
    if white:
        draw.rectangle([mm * 150 / 25.4 for mm in white], fill=245)
    draw.line([(x * 150 / 25.4, y * 150 / 25.4) for x, y in line], fill=40, width=3)
    path = spot.path.with_name(f"altered-{bool(white)}-{spot.path.name}")
    image.save(path, dpi=(150, 150))
    return Spot(path, 0)


async def test_a_sheet_signed_or_corrected_between_two_scans_is_still_one_sheet(pool: Pool, stack: Stack) -> None:
    first, again = stack.scan(hand=ANNA), stack.scan(hand=ANNA, seed=2)
    signed = altered(again, line=[(100 + at * 3, 215 + 4 * (at % 2)) for at in range(12)])
    corrected = altered(again, white=(50, 90, 62, 97), line=[(51, 91), (55, 96), (57, 91), (61, 96)])
    answers = await pool.compare([(first, signed), (first, corrected)], FORM)
    assert answers[0].likeness is Likeness.SAME
    assert answers[1].likeness is not Likeness.DIFFERENT
    assert (answers[1].probability or 0) >= 0.5


async def test_pages_that_nobody_filled_are_undecided(pool: Pool, stack: Stack) -> None:
    for page in (1, 2):
        pair = stack.scan(page, hand=1, empty=True), stack.scan(page, hand=2, seed=9, empty=True)
        (answer,) = await pool.compare([pair], FORM)
        assert (answer.likeness, answer.score, answer.probability) == (Likeness.UNDECIDED, None, None)


async def test_a_filled_page_and_an_empty_one_are_two_sheets(pool: Pool, stack: Stack) -> None:
    filled, empty = stack.scan(hand=ANNA), stack.scan(hand=2, seed=9, empty=True)
    answers = await pool.compare([(filled, empty), (empty, filled)], FORM)
    assert [answer.likeness for answer in answers] == [Likeness.DIFFERENT] * 2


async def test_the_same_words_in_another_hand_are_another_sheet(pool: Pool, tmp_path: Path) -> None:
    sheets = {}
    for name, writer, seed in (("anna", 1, 1), ("again", 1, 2), ("boris", 2, 3)):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf([scanned(written(writer, cells=8), 150, seed=seed, skew=seed / 3)], 150))
        sheets[name] = Spot(path, 0)
    answers = await pool.compare([(sheets["anna"], sheets["again"]), (sheets["anna"], sheets["boris"])], FORM)
    assert [answer.likeness for answer in answers] == [Likeness.SAME, Likeness.DIFFERENT]


async def test_without_known_fields_only_a_difference_is_certain(pool: Pool, stack: Stack) -> None:
    kinds = {name: replace(kind, fields=()) for name, kind in practice_form().kinds.items()}
    form = replace(practice_form(), kinds=kinds)
    first = stack.scan(hand=ANNA)
    assert await likeness(pool, first, stack.scan(hand=ANNA, seed=5), form) is Likeness.UNDECIDED
    assert await likeness(pool, first, stack.scan(hand=BORIS, seed=3), form) is Likeness.DIFFERENT


async def test_a_page_whose_symbols_are_lost_is_laid_by_its_print(pool: Pool, stack: Stack) -> None:
    page = stack.filled(ANNA)
    lost = [stack.scan(page, hand=hand, seed=6, defect="qr_damaged", rotation=180) for hand in (ANNA, BORIS)]
    answers = [await likeness(pool, stack.scan(page, hand=ANNA), one) for one in lost]
    assert answers == [Likeness.SAME, Likeness.DIFFERENT]


async def test_what_cannot_be_read_is_undecided_and_harms_no_other(pool: Pool, stack: Stack, tmp_path: Path) -> None:
    good = stack.scan(hand=ANNA)
    text = tmp_path / "scan.pdf"
    text.write_text("no scan")
    bad = [Spot(text, 0), Spot(tmp_path / "nowhere.jpg", 0), Spot(good.path, 7), Spot(good.path, -1)]
    answers = await pool.compare([*((good, one) for one in bad), (bad[0], bad[0]), (good, good)], FORM)
    assert answers[:-1] == [Comparison(Likeness.UNDECIDED)] * 5
    assert answers[-1].likeness is Likeness.SAME


async def test_a_child_killed_while_it_compares_is_replaced(pool: Pool, stack: Stack) -> None:
    pair = stack.scan(hand=ANNA), stack.scan(hand=ANNA, seed=2, rotation=180)
    assert await likeness(pool, *pair) is Likeness.SAME
    async with asyncio.TaskGroup() as group:
        work = group.create_task(pool.compare([pair, pair], FORM))
        await asyncio.sleep(0.05)
        os.kill(pool.workers[0].pid or 0, signal.SIGKILL)
    assert [answer.likeness for answer in work.result()] == [Likeness.SAME] * 2


async def test_pages_of_any_file_are_portrayed_upright(pool: Pool, stack: Stack, tmp_path: Path) -> None:
    text = tmp_path / "scan.pdf"
    text.write_text("no scan")
    lying = stack.scan(hand=ANNA, rotation=90)
    picture, nothing = await pool.portray([lying, Spot(text, 0)], FORM)
    assert nothing is None
    assert picture is not None
    assert len(picture) <= 300_000
    shown = Image.open(io.BytesIO(picture))
    assert shown.height > shown.width
