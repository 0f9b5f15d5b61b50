"""Harm to the black squares."""

from recognition.codes import PageProblem
from recognition.form import Identity, PageKind
from recognition.simulator.defects.base import Defect, Range
from recognition.simulator.defects.symbol_harm import stick_over
from recognition.simulator.sheet import PAPER, Sheet


class FiducialsMissing(Defect):
    """One to three squares of the answer sheet are gone: not printed, corrected over, or stuck over."""

    code = PageProblem.FIDUCIALS_MISSING
    ranges = (Range(1, 3, ""),)

    def fits(self, kind: PageKind | None, identity: Identity | None) -> bool:
        return kind is not None and identity is not None and bool(kind.squares)

    def on_paper(self, sheet: Sheet) -> None:
        if sheet.kind is None:
            return
        squares = sheet.kind.squares
        lost = min(int(sheet.rng.integers(1, 4)), len(squares))
        for index in sheet.rng.permutation(len(squares))[:lost]:
            square = squares[int(index)]
            how = sheet.pick(("unprinted", "covered"))
            if how == "unprinted":
                sheet.view(square.box, 0.4)[...] = PAPER
            else:
                stick_over(sheet, square.box, 1.2)
            sheet.confess(self.code, square.box, square=square.name, how=how)
