"""One page from print to file, and what is true of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from recognition.form import Form
from tests.recognition.corpora.pages import Gray, Page, one_qr_page, press_page
from tests.recognition.corpora.pen import fill_in, scribble
from tests.recognition.corpora.photo import Photo
from tests.recognition.corpora.printing import Print, Printer, good_printer
from tests.recognition.corpora.scanner import Scanner, encode, good_scanner
from tests.recognition.corpora.sheet import Sheet
from tests.recognition.corpora.things import dog_ear, dust, marker, post_fold, punch_holes, shine_through, staple

Rng = np.random.Generator
ToInk = Callable[[Gray, int], Gray]
ToSheet = Callable[[Sheet], None]
ToPicture = Callable[[Gray, float], Gray]
"""A picture and its px a mm; gives the picture back."""
LIDS = (0.96, 0.9, 0.55, 0.04)


@dataclass
class Making:
    """A page to be made. `harms` are the codes owed; `allowed` may come with them; `instead` answer as well."""

    rng: Rng
    page: Page
    printer: Printer
    scanner: Scanner
    lid: float = 0.95
    to_ink: list[ToInk] = field(default_factory=list)
    to_sheet: list[ToSheet] = field(default_factory=list)
    second_print: Page | None = None
    photo: Photo | None = None
    harms: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    instead: frozenset[str] = frozenset()
    named: bool = True
    """Its kit and page must be read."""
    blank: bool = False
    note: str = ""

    @property
    def form(self) -> Form:
        return self.page.form

    def owes(self, code: str, *allowed: str, instead: tuple[str, ...] = ()) -> None:
        self.harms |= {code}
        self.allowed |= frozenset(allowed) | frozenset(instead)
        self.instead |= frozenset(instead)

    def sheet(self) -> Sheet:
        dpi = 600 if self.scanner.dpi > 300 and not self.photo else 300
        order = Print(self.page, self.printer, dpi, self.scanner.mode == "colour", self.lid, harms=self.to_ink)
        sheet = order.pull(self.rng)
        for lay in self.to_sheet:
            lay(sheet)
        return sheet

    def file(self) -> bytes:
        sheet = self.sheet()
        if self.photo:
            return self.photo.take(sheet, self.rng)
        return encode(self.scanner.scan(sheet, self.rng), self.scanner)


def any_page(rng: Rng) -> Page:
    """Six of ten from the press, of these two in five answer sheets; the others of the form with one symbol."""
    if rng.random() < 0.7:
        return press_page(int(rng.integers(24)) // 4 * 4 + int(rng.choice([0, 1, 2, 3], p=[0.55, 0.15, 0.15, 0.15])))
    return one_qr_page(int(rng.integers(10_000_000, 10_000_012)), int(rng.choice([1, 2], p=[0.6, 0.4])))


def ordinary(rng: Rng, page: Page | None = None, *, modes: tuple[str, ...] = (), dpi: int | None = None) -> Making:
    """A sound page: any printer, paper, hand and scanner, and now and then a thing that is no fault."""
    page = page or any_page(rng)
    scanner = good_scanner(rng, dpi)
    if modes and scanner.mode not in modes:
        scanner.mode = str(rng.choice(modes))
        scanner.container = "jpg"
    making = Making(rng, page, good_printer(rng), scanner, lid=float(rng.choice(LIDS, p=[0.6, 0.15, 0.1, 0.15])))
    if rng.random() < 0.75:
        share = rng.uniform(0.1, 0.9)
        making.to_sheet.append(lambda sheet: fill_in(sheet, rng, share))
    making.to_sheet.append(lambda sheet: nuisances(sheet, rng))
    return making


def nuisances(sheet: Sheet, rng: Rng) -> None:
    if rng.random() < 0.3:
        back, through = another_page(sheet.page, rng), rng.uniform(0.03, 0.12)
        shine_through(sheet, back, rng, through if sheet.lid > 0.5 else through / 3)
    wear(sheet, rng)
    for lay, chance in ((scribble, 0.12), (marker, 0.12)):
        if rng.random() < chance:
            lay(sheet, rng)


def wear(sheet: Sheet, rng: Rng) -> None:
    """What happens to a sheet without a pen."""
    for lay, chance in ((punch_holes, 0.15), (staple, 0.1), (dog_ear, 0.1), (post_fold, 0.06), (dust, 0.3)):
        if rng.random() < chance:
            lay(sheet, rng)


def another_page(page: Page, rng: Rng) -> Page:
    """What may stand on the back: the next page of the same print."""
    if page.is_press:
        return press_page(int(rng.integers(24)))
    return one_qr_page(int(rng.integers(10_000_000, 10_000_012)), 2)
