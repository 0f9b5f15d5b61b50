"""Harm to the picture as a whole: resolution, sharpness, contrast, streaks."""

from recognition.codes import PageProblem
from recognition.simulator.defects.base import Defect, Range
from recognition.simulator.sheet import PAPER, Sheet


class LowResolution(Defect):
    """The scanner is set to too few dots; the file says so honestly."""

    code = PageProblem.LOW_RESOLUTION
    ranges = (Range(60, 100, "dpi"),)

    def on_scan(self, sheet: Sheet) -> None:
        dpi = round(self.ranges[0].draw(sheet))
        sheet.scan.dpi = dpi
        sheet.confess(self.code, None, dpi=dpi)


class Blurred(Defect):
    """The glass is fogged, the sheet did not lie flat."""

    code = PageProblem.BLURRED
    ranges = (Range(0.2, 0.5, "mm"),)

    def on_scan(self, sheet: Sheet) -> None:
        sigma = round(self.ranges[0].draw(sheet), 3)
        sheet.scan.blur_mm = sigma
        sheet.confess(self.code, None, sigma_mm=sigma)


class LowContrast(Defect):
    """A pale print on a dark background: so many grey levels between toner and paper."""

    code = PageProblem.LOW_CONTRAST
    ranges = (Range(30, 70, ""),)

    def on_scan(self, sheet: Sheet) -> None:
        levels = round(self.ranges[0].draw(sheet))
        sheet.scan.white = sheet.uniform(150, 235)
        sheet.scan.black = sheet.scan.white - levels
        sheet.confess(self.code, None, levels=levels)


class Streaks(Defect):
    """Lines along the whole feed: dirt on the scanner's slit (black) or a clogged drum (white)."""

    code = PageProblem.STREAKS
    ranges = (Range(0.15, 0.6, "mm"),)

    def on_paper(self, sheet: Sheet) -> None:
        width, height = sheet.form.paper
        for _ in range(int(sheet.rng.integers(1, 4))):
            thick = round(self.ranges[0].draw(sheet), 2)
            x = sheet.uniform(6, width - 6)
            place = (x - thick / 2, 0.0, thick, height)
            dark = sheet.rng.uniform() < 0.6
            sheet.view(place)[...] = 50 if dark else PAPER
            sheet.confess(self.code, place, dark=dark)
