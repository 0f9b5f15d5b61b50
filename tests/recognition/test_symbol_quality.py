"""The figures of a symbol: measured against its own text encoded again, not guessed."""

import numpy as np
import pytest
import segno

from recognition.symbols.encoding import Variant, codewords, encodings, fixed_modules
from recognition.symbols.quality import SymbolQuality, quality_near, quality_of

TEXT = "AP1PRACTICE123456701047GAZ"
SIDE, QUIET = 6, 8
Gray = np.ndarray


def drawn(version: int, level: str, *, text: str = TEXT, mode: str | None = None, flipped: tuple = ()) -> tuple:
    """A symbol of SIDE px a module with its quiet zone, some modules turned over; and what quality_of wants of it."""
    symbol = segno.make_qr(text, version=version, error=level, mask=3, mode=mode, boost_error=False)
    modules = np.array([list(row) for row in symbol.matrix], np.uint8)
    for row, column in flipped:
        modules[row, column] ^= 1
    gray = np.kron(np.pad(1 - modules, QUIET, constant_values=1), np.full((SIDE, SIDE), 1, np.uint8))
    low, high = QUIET * SIDE, (QUIET + len(modules)) * SIDE
    quad = np.array([(low, low), (high, low), (high, high), (low, high)], np.float64)
    return np.asarray(30 + gray * 210, np.uint8), quad, text, Variant(version, level.upper(), 3)


def of(*made: object) -> SymbolQuality:
    found = quality_of(*made)
    assert found is not None
    return found


@pytest.mark.parametrize("mode", ["byte", "alphanumeric"])
@pytest.mark.parametrize(("version", "level"), [(4, "h"), (3, "l"), (5, "q"), (7, "m"), (10, "h")])
def test_a_clean_symbol_has_the_best_grade(version: int, level: str, mode: str) -> None:
    seen = of(*drawn(version, level, mode=mode))
    assert (seen.grade, seen.unused_correction, seen.wrong_modules, seen.harms) == (4.0, 1.0, 0, ())


@pytest.mark.parametrize("wrong", [1, 2, 5, 9])
def test_unused_correction_counts_wrong_codewords_of_the_worst_block(wrong: int) -> None:
    number, map_ = codewords(3, "H").number, codewords(3, "H")
    first_block = [word for word in range(len(map_.block)) if map_.block[word] == 0][:wrong]
    flipped = tuple(tuple(np.argwhere(number == word)[0]) for word in first_block)
    seen = of(*drawn(3, "h", flipped=flipped))
    assert seen.wrong_modules == wrong
    assert seen.unused_correction == pytest.approx(1 - 2 * wrong / 22)


def test_every_data_module_has_a_codeword_and_no_fixed_one() -> None:
    for version, level in ((1, "L"), (2, "M"), (7, "Q"), (15, "H"), (40, "L")):
        map_ = codewords(version, level)
        assert not (map_.number[fixed_modules(version)] >= 0).any()
        assert np.bincount(map_.number[map_.number >= 0]).tolist() == [8] * len(map_.block)


def test_a_text_written_in_another_way_is_still_recognised() -> None:
    assert len({modules.tobytes() for modules in encodings(TEXT, Variant(5, "M", 3))}) > 1
    assert of(*drawn(5, "m", mode="byte")).wrong_modules == 0


def test_another_text_is_not_held_against_the_symbol() -> None:
    gray, quad, _, variant = drawn(3, "h")
    assert quality_of(gray, quad, TEXT[::-1], variant) is None
    assert quality_near(np.full_like(gray, 240), quad, TEXT, variant) is None


def test_a_symbol_near_its_place_is_found() -> None:
    gray, quad, text, variant = drawn(3, "h")
    found = quality_near(gray, quad + np.array((1.7, -2.2)) * SIDE, text, variant)
    assert found is not None
    assert found.wrong_modules == 0
    assert np.abs(found.quad - quad).max() < 0.5 * SIDE


@pytest.mark.parametrize(("dark", "size"), [(True, 2), (False, 3)])
def test_a_spot_is_found_where_it_is(dark: bool, size: int) -> None:
    gray, quad, text, variant = drawn(3, "h")
    at = (QUIET + 12) * SIDE
    gray[at : at + size * SIDE, at : at + size * SIDE] = 30 if dark else 240
    (harm, *_) = of(gray, quad, text, variant).harms
    assert harm.dark is dark
    assert not harm.line
    assert not harm.reaches
    x, y, width, height = harm.box
    assert 11 <= x <= x + width <= 13 + size
    assert 11 <= y <= y + height <= 13 + size


def test_a_stroke_that_goes_on_beyond_the_symbol_reaches_and_a_line_of_the_feed_is_a_line() -> None:
    gray, quad, text, variant = drawn(3, "h")
    stroke = gray.copy()
    for step in range(len(gray)):
        stroke[step, step // 3 + 60 : step // 3 + 64] = 40
    assert any(harm.reaches and not harm.line for harm in of(stroke, quad, text, variant).harms)
    gray[:, (QUIET + 10) * SIDE + 2 : (QUIET + 10) * SIDE + 4] = 40
    assert [harm.line for harm in of(gray, quad, text, variant).harms] == [True]


def test_pale_toner_and_print_beside_lower_the_grade_by_their_own_figure() -> None:
    gray, quad, text, variant = drawn(3, "h")
    pale = np.asarray(150 + gray * 0.4, np.uint8)
    assert of(pale, quad, text, variant).worst() == "contrast"
    gray[: (QUIET - 1) * SIDE] = 30
    gray[:, : (QUIET - 1) * SIDE] = 30
    assert of(gray, quad, text, variant).worst() == "quiet_zone"
