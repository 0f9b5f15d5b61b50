"""How a symbol was written is told from its picture, its text and its corners in any order."""

import cv2
import numpy as np
import pytest
import segno

from recognition.pages.check import check_page
from recognition.symbols.encoding import Variant
from recognition.symbols.written import written_as
from tests.recognition.drawn import OTHER, PAPER_DPI, Gray, Paper, printed, raster, scanned

TEXT = "AP1TEST12345670104ABCD"
PLACE = OTHER.kind_of(1).symbols[0].box
SCALE, QUIET = 6, 5


def drawn(level: str, mask: int) -> tuple[Gray, Variant]:
    """A soft picture of a symbol with a quiet zone, and how it was written."""
    symbol = segno.make_qr(TEXT, error=level, mask=mask, boost_error=False)
    modules = np.array([list(row) for row in symbol.matrix], np.uint8)
    padded = np.pad(255 - modules * 255, QUIET, constant_values=255).astype(np.uint8)
    gray = cv2.resize(padded, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.GaussianBlur(gray, (0, 0), 1.5), np.uint8), Variant(int(symbol.version), level, mask)


def corners_in(gray: Gray) -> np.ndarray:
    low, high = QUIET * SCALE, len(gray) - QUIET * SCALE
    return np.array([(low, low), (high, low), (high, high), (low, high)], np.float64)


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(("level", "mask"), [("L", 0), ("M", 5), ("Q", 7), ("H", 3)])
@pytest.mark.parametrize("line", [None, 9, 20])
def test_every_pose_is_told_though_a_line_runs_through(
    turns: int, mirrored: bool, level: str, mask: int, line: int | None
) -> None:
    gray, variant = drawn(level, mask)
    quad = corners_in(gray)
    if line is not None:
        column = (QUIET + line) * SCALE
        gray[:, column - 4 : column + 5] = 255
    seen = np.ascontiguousarray(np.rot90(gray[:, ::-1] if mirrored else gray, turns))
    written = written_as(seen, quad, TEXT)
    assert written is not None
    assert (written.variant, written.mirrored) == (variant, mirrored)
    if not mirrored:
        # Turned against the clock, the symbol's own top left goes to the bottom left, the last corner.
        assert written.quad.tolist() == np.roll(quad, turns, axis=0).tolist()


def test_another_text_was_not_written_there() -> None:
    gray, _ = drawn("H", 3)
    assert written_as(gray, corners_in(gray), TEXT[::-1]) is None


@pytest.mark.parametrize("value", [0, 255])
@pytest.mark.parametrize("width_mm", [1.6, 4.0])
@pytest.mark.parametrize("part", [0.29, 0.31, 0.33])
def test_a_wide_line_beside_the_finders_is_never_passed_over(part: float, width_mm: float, value: int) -> None:
    """There the usual reader loses the format, and another library reads the symbol."""
    harmed = printed(OTHER).gray.copy()
    middle, half = PLACE[0] + PLACE[2] * part, width_mm / 2
    left, right = (round(side * PAPER_DPI / 25.4) for side in (middle - half, middle + half))
    harmed[:, left:right] = value
    report, _ = check_page(0, raster(scanned(Paper(OTHER, harmed), skew=0.3)), OTHER, "TEST")
    assert {problem.code.value for problem in report.problems} & {"streaks", "qr_damaged"}
