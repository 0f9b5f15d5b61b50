"""Harm to the place and size of the page: a scaled print, a crooked sheet, a lost edge, a stretched feed."""

import numpy as np
from numpy.typing import NDArray

from recognition.codes import PageProblem
from recognition.form import Box
from recognition.simulator.defects.base import Defect, Range
from recognition.simulator.scanner import mm_to_px
from recognition.simulator.sheet import Sheet

EDGES = ("left", "top", "right", "bottom")


class PrintedScaled(Defect):
    """Printed to fit: the whole page shrunk about its centre."""

    code = PageProblem.PRINTED_SCALED
    ranges = (Range(90, 98, "%"),)

    def on_scan(self, sheet: Sheet) -> None:
        percent = round(self.ranges[0].draw(sheet), 2)
        sheet.scan.print_scale = percent / 100
        sheet.confess(self.code, None, scale_pct=percent)


class FeedStretched(Defect):
    """The feeder's rollers slipped or pulled: the page is longer or shorter than it is, its width is right."""

    code = PageProblem.FEED_STRETCHED
    ranges = (Range(95, 98, "%"), Range(102, 105, "%"))

    def on_scan(self, sheet: Sheet) -> None:
        percent = round(self.ranges[int(sheet.rng.integers(2))].draw(sheet), 2)
        sheet.scan.scale_y = percent / 100
        _open_window(sheet)
        sheet.confess(self.code, None, scale_y_pct=percent)


class Skewed(Defect):
    """Laid or fed crooked. Where content would fall off the glass, the scanner sizes its picture to the sheet."""

    code = PageProblem.SKEWED
    ranges = (Range(2, 8, "°"),)

    def on_scan(self, sheet: Sheet) -> None:
        angle = round(self.ranges[0].draw(sheet) * float(sheet.rng.choice([-1, 1])), 2)
        sheet.scan.skew_deg = angle
        _open_window(sheet)
        sheet.confess(self.code, None, skew_deg=angle)


class PageCut(Defect):
    """An edge of the page is outside the picture, and with it a symbol, a square or a part of one."""

    code = PageProblem.PAGE_CUT
    ranges = (Range(3, 18, "mm"),)

    def on_scan(self, sheet: Sheet) -> None:
        edge = sheet.pick(EDGES)
        lost = round(_margin(sheet, edge) + self.ranges[0].draw(sheet), 2)
        how = sheet.pick(("cropped", "shifted"))
        # The natural offset would bring a part of the lost strip back.
        sheet.scan.offset_mm = (0.0, 0.0)
        sheet.scan.window = _without(sheet.scan.window, edge, lost, keep_size=how == "shifted")
        sheet.confess(self.code, _strip(sheet.form.paper, edge, lost), edge=edge, lost_mm=lost, how=how)


def _margin(sheet: Sheet, edge: str) -> float:
    """From the paper's edge to the nearest symbol or square of the page, in mm."""
    width, height = sheet.form.paper
    distances = {
        "left": lambda box: box[0],
        "top": lambda box: box[1],
        "right": lambda box: width - box[0] - box[2],
        "bottom": lambda box: height - box[1] - box[3],
    }
    return float(min(distances[edge](box) for box in _printed_boxes(sheet)))


def _printed_boxes(sheet: Sheet) -> list[Box]:
    if sheet.kind is None:
        return [(10.0, 10.0, sheet.form.paper[0] - 20, sheet.form.paper[1] - 20)]
    return [symbol.box for symbol in sheet.kind.symbols] + [square.box for square in sheet.kind.squares]


def _without(window: Box, edge: str, lost: float, *, keep_size: bool) -> Box:
    x, y, width, height = window
    dx, dy = (lost if edge == "left" else 0.0), (lost if edge == "top" else 0.0)
    if keep_size:
        back_x, back_y = (lost if edge == "right" else 0.0), (lost if edge == "bottom" else 0.0)
        return x + dx - back_x, y + dy - back_y, width, height
    cut_x, cut_y = (lost if edge in ("left", "right") else 0.0), (lost if edge in ("top", "bottom") else 0.0)
    return x + dx, y + dy, width - cut_x, height - cut_y


def _strip(paper: tuple[float, float], edge: str, lost: float) -> Box:
    width, height = paper
    return {
        "left": (0.0, 0.0, lost, height),
        "top": (0.0, 0.0, width, lost),
        "right": (width - lost, 0.0, lost, height),
        "bottom": (0.0, height - lost, width, lost),
    }[edge]


def _open_window(sheet: Sheet) -> None:
    """Grows the glass to the whole sheet, unless all that the form prints is on it anyway."""
    scan, (width, height) = sheet.scan, sheet.form.paper
    content = _corners(_printed_boxes(sheet))
    placed = _placed(sheet, content)
    inside = (placed >= 1).all() and (placed[:, 0] <= width - 1).all() and (placed[:, 1] <= height - 1).all()
    if inside:
        return
    outline = _placed(sheet, np.array([[0, 0], [width, 0], [0, height], [width, height]], dtype=np.float64))
    low, high = outline.min(axis=0), outline.max(axis=0)
    scan.window = (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))


def _corners(boxes: list[Box]) -> NDArray[np.float64]:
    return np.array([(x + dx, y + dy) for x, y, w, h in boxes for dx in (0, w) for dy in (0, h)], dtype=np.float64)


def _placed(sheet: Sheet, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where points of the form come to lie on the glass, in mm of the full window."""
    matrix = mm_to_px(sheet.scan, sheet.form.paper)
    return np.asarray((points @ matrix[:2, :2].T + matrix[:2, 2] + 0.5) * 25.4 / sheet.scan.dpi, dtype=np.float64)
