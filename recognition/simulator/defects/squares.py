"""Harm to the black squares."""

import numpy as np

from recognition.codes import PageProblem
from recognition.form import Box, Identity, PageKind
from recognition.simulator.defects.base import Defect, Range
from recognition.simulator.defects.shapes import blotch
from recognition.simulator.defects.symbol_harm import stick_over
from recognition.simulator.sheet import PAPER, Sheet


class _OfSquares(Defect):
    """Harms some squares of a page that has any."""

    def fits(self, kind: PageKind | None, identity: Identity | None) -> bool:
        return kind is not None and identity is not None and bool(kind.squares)

    def on_paper(self, sheet: Sheet) -> None:
        if sheet.kind is None:
            return
        squares = sheet.kind.squares
        harmed = int(sheet.rng.integers(int(self.ranges[0].low), int(self.ranges[0].high) + 1))
        for index in sheet.rng.permutation(len(squares))[:harmed]:
            square = squares[int(index)]
            sheet.confess(self.code, square.box, square=square.name, how=self.harm(sheet, square.box))

    def harm(self, sheet: Sheet, box: Box) -> str:
        """Harms one square; how."""
        raise NotImplementedError


class FiducialsMissing(_OfSquares):
    """One to three squares of the answer sheet are gone: not printed, corrected over, or stuck over."""

    code = PageProblem.FIDUCIALS_MISSING
    ranges = (Range(1, 3, ""),)

    def harm(self, sheet: Sheet, box: Box) -> str:
        how = sheet.pick(("unprinted", "covered"))
        if how == "unprinted":
            sheet.view(box, 0.4)[...] = PAPER
        else:
            stick_over(sheet, box, 1.2)
        return how


class FiducialDefect(_OfSquares):
    """One or two squares are printed badly: a void, a light line through, a bitten corner, toner too pale."""

    code = PageProblem.FIDUCIAL_DEFECT
    ranges = (Range(1, 2, ""),)

    def harm(self, sheet: Sheet, box: Box) -> str:
        how = sheet.pick(tuple(_FLAWS))
        _FLAWS[how](sheet, box)
        return how


def _void(sheet: Sheet, box: Box) -> None:
    side = box[2] * sheet.uniform(0.2, 0.4)
    x, y = box[0] + sheet.uniform(0.1, 0.9) * (box[2] - side), box[1] + sheet.uniform(0.1, 0.9) * (box[3] - side)
    part = sheet.view((x, y, side, side))
    part[blotch(part.shape, 0.8, sheet.rng, grain=1)] = PAPER - 3


def _line(sheet: Sheet, box: Box) -> None:
    at = box[0] + box[2] * sheet.uniform(0.15, 0.85)
    sheet.view((at, box[1], sheet.uniform(0.3, 0.7), box[3]))[...] = PAPER - 3


def _bite(sheet: Sheet, box: Box) -> None:
    leg = box[2] * sheet.uniform(0.3, 0.5)
    x, y = (start + length * int(sheet.rng.integers(2)) for start, length in zip(box[:2], box[2:], strict=True))
    across, down = (leg if x == box[0] else -leg), (leg if y == box[1] else -leg)
    outer = 0.3 if x == box[0] else -0.3, 0.3 if y == box[1] else -0.3
    sheet.fill([(x - outer[0], y - outer[1]), (x + across, y - outer[1]), (x - outer[0], y + down)], PAPER - 3)


def _pale(sheet: Sheet, box: Box) -> None:
    part = sheet.view(box)
    part[...] = np.maximum(part, int(sheet.uniform(130, 180)))


_FLAWS = {"void": _void, "line": _line, "bite": _bite, "pale": _pale}
