"""Which page is scanned when, and what goes wrong with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import zxingcpp

from recognition.codes import PageProblem
from recognition.form import Form, Identity, parse_payload
from recognition.simulator.defects import DEFECTS
from recognition.simulator.printer import rasterise
from recognition.simulator.settings import ScanSettings

_READING_DPI = 110
_ANOTHER_HAND = 1_000_003
"""Added to the seed of the second print; far from what people type as seeds."""
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


@dataclass(frozen=True, slots=True)
class PlannedScan:
    """One picture to be made. `source` counts the PDF's pages, `index` the pictures; both from 0.

    `hand` is the print and the participant's ink: two pictures of one source and hand show one sheet of paper.
    """

    index: int
    source: int
    identity: Identity | None
    defect: PageProblem | None
    rotation: int
    hand: int = 0


def identify(document: Any, form: Form) -> list[Identity | None]:
    """Who each page of the PDF is, by its own symbols; None where they are no payload of the form."""
    return [_identity(document[number], form) for number in range(len(document))]


def plan(identities: Sequence[Identity | None], settings: ScanSettings) -> list[PlannedScan]:
    """The pages in the PDF's order; what goes through twice, the same sheet or its double, comes twice in a row."""
    rng = np.random.default_rng([settings.seed, 0xC0DE])
    harmed = _assign(identities, settings, rng)
    rotations = rng.choice(np.array(settings.rotations), len(identities))
    planned: list[PlannedScan] = []
    for source, identity in enumerate(identities):
        defect = harmed.get(source)
        for again, hand in _passes(defect, settings.printing):
            planned.append(PlannedScan(len(planned), source, identity, again, int(rotations[source]), hand))
    return planned


def _passes(defect: PageProblem | None, hand: int) -> tuple[tuple[PageProblem | None, int], ...]:
    """How often this page goes through the scanner: with which defect, and which print of it."""
    if defect is PageProblem.SAME_SHEET_AGAIN:
        return (None, hand), (defect, hand)
    if defect is PageProblem.DOUBLE_PRINT:
        return (None, hand), (defect, hand + _ANOTHER_HAND)
    return ((defect, hand),)


def _identity(page: Any, form: Form) -> Identity | None:
    seen = zxingcpp.read_barcodes(rasterise(page, _READING_DPI / 25.4), formats=_QR, try_invert=False)
    named = (parse_payload(form, barcode.text) for barcode in seen)
    return next((identity for identity in named if identity), None)


def _assign(
    identities: Sequence[Identity | None], settings: ScanSettings, rng: np.random.Generator
) -> dict[int, PageProblem]:
    """Pages in random order take the defect that has been done least so far, of equals the one that fits fewest pages.

    So each defect gets its part; at least one page is harmed where one fits.
    """
    fitting = {
        page: [name for name in settings.defects if _fits(name, identity, settings)]
        for page, identity in enumerate(identities)
    }
    eligible = [page for page, names in fitting.items() if names]
    wanted = max(1, round(settings.share * len(eligible))) if eligible and settings.share else 0
    rarity = Counter(name for names in fitting.values() for name in names)
    done: Counter[PageProblem] = Counter()
    harmed: dict[int, PageProblem] = {}
    for page in rng.permutation(eligible)[:wanted].tolist():
        harmed[page] = min(fitting[page], key=lambda name: (done[name], rarity[name]))
        done[harmed[page]] += 1
    return harmed


def _fits(name: PageProblem, identity: Identity | None, settings: ScanSettings) -> bool:
    kind = settings.form.kind_of(identity.page) if identity else None
    return DEFECTS[name].fits(kind, identity)
