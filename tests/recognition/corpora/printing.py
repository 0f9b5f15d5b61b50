"""A laser printer: toner that spreads, misses, bands and scatters, on paper of some tint."""

from dataclasses import dataclass, field
from statistics import NormalDist

import cv2
import numpy as np

from tests.recognition.corpora.pages import Gray, Page
from tests.recognition.corpora.sheet import BLACK, Colour, Sheet, gray_of, texture

PAPERS: list[Colour] = [
    (0.97, 0.96, 0.96),
    (0.98, 0.95, 0.93),
    (0.93, 0.94, 0.95),
    (0.86, 0.9, 0.92),
    (0.8, 0.85, 0.87),
    (0.88, 0.88, 0.86),
    (0.75, 0.9, 0.93),
    (0.9, 0.93, 0.86),
]
"""White, bluish white, natural, cream, recycled, grey, yellowish, greenish."""


@dataclass
class Printer:
    """Lengths in mm. A new cartridge is dense and even; none of these is yet a fault."""

    spread: float = 0.02
    """How far toner grows over each edge (dot gain); negative where it shrinks."""
    fuzz: float = 0.04
    density: float = 0.95
    mottle: float = 0.02
    banding: float = 0.0
    banding_mm: float = 2.0
    pinholes: float = 0.0
    """White dots of 0.1 mm in solid black, in each cm²."""
    specks: float = 0.0
    """Stray dots of toner of 0.1 mm, in each dm²."""
    paper: Colour = PAPERS[0]
    fibre: float = 0.006


@dataclass
class Print:
    """One order to the printer: the page, and the harms done to its ink before it meets the paper."""

    page: Page
    printer: Printer
    dpi: int = 300
    coloured: bool = False
    lid: float = 0.95
    toner: Colour = BLACK
    harms: list = field(default_factory=list)
    """Each takes (ink, dpi) and gives the ink back; what it gets is its own copy."""

    def pull(self, rng: np.random.Generator) -> Sheet:
        ink = self.page.ink(self.dpi)
        if self.harms:
            ink = ink.copy()
            for harm in self.harms:
                ink = harm(ink, self.dpi)
        return self._fuse(self._toner(ink, rng), rng)

    def _toner(self, ink: Gray, rng: np.random.Generator) -> Gray:
        printer, scale = self.printer, self.dpi / 25.4
        soft_px = max(0.6, printer.fuzz * scale)
        soft = cv2.GaussianBlur(ink, (0, 0), soft_px)
        # A blurred edge has this level `spread` away from where it stood: cut there, it has moved by as much.
        middle = NormalDist().cdf(-printer.spread * scale / soft_px)
        levels = np.clip((np.arange(256) / 255 - middle) * 2 + 0.5, 0, 1)
        levels[0] = 0.0
        toner = cv2.LUT(soft, (levels * 255 * printer.density).astype(np.uint8))
        if printer.mottle or printer.banding:
            toner = self._uneven(toner, rng)
        self._dots(toner, rng, printer.pinholes, self._area_dm2() * 100, 0)
        self._dots(toner, rng, printer.specks, self._area_dm2(), 230)
        return toner

    def _uneven(self, toner: Gray, rng: np.random.Generator) -> Gray:
        printer, scale = self.printer, self.dpi / 25.4
        small = (max(8, toner.shape[0] // 8), max(8, toner.shape[1] // 8))
        even = 1 - np.abs(texture(rng, small, 6)) * printer.mottle
        rows = np.arange(small[0]) * 8 / scale
        even *= (1 - printer.banding * (0.5 + 0.5 * np.sin(rows / printer.banding_mm * 6.283)))[:, None]
        full = cv2.resize((np.clip(even, 0, 1) * 255).astype(np.uint8), toner.shape[::-1])
        return cv2.multiply(toner, full, scale=1 / 255)

    def _area_dm2(self) -> float:
        width, height = self.page.form.paper
        return width * height / 10_000

    def _dots(self, toner: Gray, rng: np.random.Generator, rate: float, area: float, level: int) -> None:
        for _ in range(rng.poisson(rate * area)):
            at = int(rng.integers(toner.shape[1])), int(rng.integers(toner.shape[0]))
            cv2.circle(toner, at, max(1, round(rng.uniform(0.04, 0.1) * self.dpi / 25.4)), level, -1)

    def _fuse(self, toner: Gray, rng: np.random.Generator) -> Sheet:
        printer = self.printer
        grain = (texture(rng, (toner.shape[0] // 4, toner.shape[1] // 4), 2) * printer.fibre * 128 + 128).clip(0, 255)
        fibre = cv2.resize(grain.astype(np.uint8), toner.shape[::-1])
        if self.coloured:
            tones = zip(printer.paper, self.toner, strict=True)
            planes = [self._plane(toner, fibre, paper, black) for paper, black in tones]
            return Sheet(self.page, cv2.merge(planes), self.dpi, self.lid)
        gray = self._plane(toner, fibre, gray_of(printer.paper), gray_of(self.toner))
        return Sheet(self.page, gray, self.dpi, self.lid)

    @staticmethod
    def _plane(toner: Gray, fibre: Gray, paper: float, black: float) -> Gray:
        levels = 255 * (paper * (1 - np.arange(256) / 255 * (1 - black)))
        plane = cv2.LUT(toner, levels.round().astype(np.uint8))
        return cv2.multiply(plane, fibre, scale=1 / 128)


def good_printer(rng: np.random.Generator) -> Printer:
    """Any printer in good order with a new cartridge, on any paper of an office."""
    return Printer(
        spread=rng.uniform(-0.015, 0.05),
        fuzz=rng.uniform(0.02, 0.06),
        density=rng.uniform(0.88, 1.0),
        mottle=rng.uniform(0, 0.05),
        banding=rng.choice([0.0, rng.uniform(0.01, 0.06)]),
        banding_mm=rng.uniform(0.7, 6),
        pinholes=rng.choice([0.0, rng.uniform(0, 1.5)]),
        specks=rng.choice([0.0, rng.uniform(0, 6)]),
        paper=PAPERS[rng.choice(len(PAPERS), p=[0.35, 0.15, 0.15, 0.1, 0.1, 0.05, 0.05, 0.05])],
        fibre=rng.uniform(0.003, 0.015),
    )
