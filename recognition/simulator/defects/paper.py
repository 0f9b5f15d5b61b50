"""Harm to the sheet itself: an empty side, a folded corner."""

import cv2

from recognition.codes import PageProblem
from recognition.form import Box
from recognition.simulator.defects.base import Defect, Range
from recognition.simulator.scanner import LID
from recognition.simulator.sheet import PAPER, Sheet


class BlankPage(Defect):
    """The empty back of a sheet; what is printed on the other side may shine through a little."""

    code = PageProblem.BLANK_PAGE
    ranges = (Range(0, 6, "%"),)

    def on_paper(self, sheet: Sheet) -> None:
        through = round(self.ranges[0].draw(sheet) * (sheet.rng.uniform() < 0.6), 1)
        back = cv2.flip(cv2.GaussianBlur(sheet.picture, (0, 0), 0.3 * sheet.px_per_mm), 1)
        sheet.picture[...] = cv2.addWeighted(back, through / 100, back, 0, PAPER * (1 - through / 100))
        sheet.identity, sheet.kind = None, None
        sheet.confess(self.code, (0.0, 0.0, *sheet.form.paper), through_pct=through)


class FoldedCorner(Defect):
    """A corner is folded over: its white back hides what is under it, and the lid shows where it was."""

    code = PageProblem.FOLDED_CORNER
    ranges = (Range(15, 45, "mm"),)

    def on_paper(self, sheet: Sheet) -> None:
        corner = sheet.pick(("top_left", "top_right", "bottom_left", "bottom_right"))
        across, down = self.ranges[0].draw(sheet), self.ranges[0].draw(sheet)
        width, height = sheet.form.paper
        x, y = (0.0 if "left" in corner else width), (0.0 if "top" in corner else height)
        a = (x + across if x == 0 else x - across, y)
        b = (x, y + down if y == 0 else y - down)
        tip = _mirrored((x, y), a, b)
        sheet.fill([a, b, (x, y)], LID)
        sheet.fill([a, b, (tip[0] + 0.4, tip[1] + 0.4)], 205)
        sheet.fill([a, b, tip], PAPER - 6)
        place: Box = (min(x, a[0]), min(y, b[1]), across, down)
        sheet.confess(self.code, place, corner=corner, across_mm=round(across, 1), down_mm=round(down, 1))


def _mirrored(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """The point on the other side of the line through a and b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    part = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy)
    foot = a[0] + part * dx, a[1] + part * dy
    return 2 * foot[0] - point[0], 2 * foot[1] - point[1]
