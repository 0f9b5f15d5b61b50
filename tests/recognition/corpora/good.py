"""Sound pages: nothing is owed on them, whatever printer, paper, scanner and hand they went through."""

from dataclasses import replace

import numpy as np

from tests.recognition.corpora.making import Making, another_page, ordinary
from tests.recognition.corpora.pages import Gray, Page
from tests.recognition.corpora.sheet import Sheet
from tests.recognition.corpora.things import shine_through


def good(rng: np.random.Generator) -> Making:
    return ordinary(rng)


def no_ink(ink: Gray, dpi: int) -> Gray:
    ink[:] = 0
    return ink


def blank_back(rng: np.random.Generator) -> Making:
    """The empty back of a duplex sheet on 80 g paper: the front's symbols shine through, mirrored."""
    making = ordinary(rng)
    making.to_ink.append(no_ink)
    front = another_page(making.page, rng)
    share = rng.uniform(0.0, 0.22)
    through: list = [making.to_sheet[-1]]
    if share > 0.02 and making.lid > 0.5:
        through.insert(0, lambda sheet: lay_front(sheet, front, rng, share))
    making.to_sheet = through
    making.scanner = replace(making.scanner, threshold=0.55)
    making.named, making.blank = False, True
    making.owes("blank_page")
    return making


def lay_front(sheet: Sheet, front: Page, rng: np.random.Generator, share: float) -> None:
    shine_through(sheet, front, rng, share)
