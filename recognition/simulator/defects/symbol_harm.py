"""What happens to printed symbols: scribbled over, stained, worn off, smeared, stuck over, torn away."""

from collections.abc import Callable

import cv2
import numpy as np

from recognition.form import Box
from recognition.simulator.defects.shapes import blotch, scribble, wavy
from recognition.simulator.defects.symbol_drawing import readable
from recognition.simulator.scanner import LID
from recognition.simulator.sheet import PAPER, Sheet


def corner_is_free(sheet: Sheet, box: Box) -> bool:
    """Whether the symbol's corner can be torn off without a square going with it."""
    if sheet.kind is None:
        return False
    middle = sheet.form.paper[0] / 2, sheet.form.paper[1] / 2
    side = box[0] + box[2] / 2 < middle[0], box[1] + box[3] / 2 < middle[1]
    return not any(
        (square.box[0] < middle[0], square.box[1] < middle[1]) == side and "middle" not in square.name
        for square in sheet.kind.squares
    )


def tear_corner(sheet: Sheet, box: Box) -> None:
    """The paper is gone along a ragged slanting line behind the symbol; the lid is seen."""
    width, height = sheet.form.paper
    at_left, at_top = box[0] + box[2] / 2 < width / 2, box[1] + box[3] / 2 < height / 2
    corner = (0.0 if at_left else width, 0.0 if at_top else height)
    across = box[0] + box[2] if at_left else width - box[0]
    deep = box[1] + box[3] if at_top else height - box[1]
    leg = across + deep + 4
    along, down = (1 if at_left else -1), (1 if at_top else -1)
    start = (corner[0] + along * leg, corner[1] - down * 2)
    end = (corner[0] - along * 2, corner[1] + down * leg)
    edge = [(float(px), float(py)) for px, py in wavy(start, end, 0.8, sheet.rng)]
    sheet.fill([*edge, (corner[0] - along * 2, corner[1] - down * 2)], LID)


def stick_over(sheet: Sheet, box: Box, margin: float) -> None:
    """A piece of white paper, a little darker or lighter than the sheet, with a thin shadow at its edge."""
    x, y, width, height = box
    corners = [
        (px + sheet.uniform(-0.6, 0.6), py + sheet.uniform(-0.6, 0.6))
        for px, py in (
            (x - margin, y - margin),
            (x + width + margin, y - margin),
            (x + width + margin, y + height + margin),
            (x - margin, y + height + margin),
        )
    ]
    sheet.fill([(px + 0.25, py + 0.25) for px, py in corners], 214)
    sheet.fill(corners, int(sheet.uniform(PAPER - 8, PAPER + 4)))


def damage(sheet: Sheet, box: Box, how: str, share: float) -> None:
    """Harms the symbol and goes on until it really cannot be read."""
    for _ in range(12):
        HARM[how](sheet, box, share)
        if not readable(sheet, box):
            return
        share = min(share + 0.05, 0.75)
    _stain(sheet, box, 0.7)


def _scribble(sheet: Sheet, box: Box, share: float) -> None:
    width = sheet.uniform(0.7, 1.2)
    turns = max(8, round(share * 1.3 * box[2] / width))
    sheet.strokes([scribble(box, turns, sheet.rng)], width, 44)


def _stain(sheet: Sheet, box: Box, share: float) -> None:
    part = sheet.view(box)
    part[blotch(part.shape, share, sheet.rng)] = int(sheet.uniform(30, 60))


def _toner_loss(sheet: Sheet, box: Box, share: float) -> None:
    part = sheet.view(box)
    part[blotch(part.shape, share, sheet.rng, grain=9)] = PAPER - 2


def _smear(sheet: Sheet, box: Box, share: float) -> None:
    """Wet toner drawn along the feed."""
    part = sheet.view(box)
    length = max(3, round(share * 8 * sheet.px_per_mm))
    kernel = np.full((length, max(1, length // 6)), 1.0, np.float32)
    part[...] = cv2.filter2D(part, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)


def _half_cover(sheet: Sheet, box: Box, share: float) -> None:
    """A slip of paper lies slantwise over one side of the symbol."""
    x, y, width, height = box
    middle, lean = x + min(share, 0.7) * width, width * sheet.uniform(-0.2, 0.2)
    slip = [
        (middle + lean, y - 3.0),
        (middle - lean, y + height + 3.0),
        (x - 3.0, y + height + 3.0),
        (x - 3.0, y - 3.0),
    ]
    sheet.fill([(px + 0.3, py + 0.3) for px, py in slip], 212)
    sheet.fill(slip, PAPER - 3)


HARM: dict[str, Callable[[Sheet, Box, float], None]] = {
    "scribble": _scribble,
    "stain": _stain,
    "toner_loss": _toner_loss,
    "smear": _smear,
    "half_covered": _half_cover,
}
