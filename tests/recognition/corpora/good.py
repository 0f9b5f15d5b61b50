"""Sound pages: nothing is owed on them, whatever printer, paper, scanner and hand they went through."""

import numpy as np

from tests.recognition.corpora.making import Making, another_page, ordinary, wear
from tests.recognition.corpora.pages import Gray
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
    making.to_sheet = [lambda sheet: wear(sheet, rng)]
    if share > 0.02 and making.lid > 0.5:
        making.to_sheet.insert(0, lambda sheet: shine_through(sheet, front, rng, share))
    making.scanner.threshold = 0.55
    making.named, making.blank = False, True
    making.owes("blank_page")
    return making
