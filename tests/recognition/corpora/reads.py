"""The study's classes of hard reading, on a form with one symbol a page, in the study's ranges; and on one with two."""

from collections.abc import Callable
from functools import partial

import numpy as np

from tests.recognition.corpora import harms
from tests.recognition.corpora.making import Making, Rng
from tests.recognition.corpora.pages import Page, one_qr_page, press_page
from tests.recognition.corpora.pen import Pen, fill_in
from tests.recognition.corpora.printing import Printer
from tests.recognition.corpora.scanner import Scanner
from tests.recognition.corpora.sheet import Sheet, blot
from tests.recognition.corpora.sheet_codes import a_photo
from tests.recognition.corpora.things import fold_corner

Harm = Callable[[Making], None]


def plain(rng: Rng, page: Page, dpi: int = 200) -> Making:
    """A page of a sound printer on a sound scanner, half filled in."""
    printer = Printer(spread=rng.uniform(0, 0.04), mottle=0.02, specks=2)
    scanner = Scanner(dpi=dpi, skew=rng.normal(0, 0.3), mtf=0.05, noise=2.5, quality=int(rng.integers(70, 90)))
    making = Making(rng, page, printer, scanner)
    making.to_sheet.append(lambda sheet: fill_in(sheet, rng, 0.5))
    return making


def one_symbol(rng: Rng, harm: Harm) -> Making:
    making = plain(rng, one_qr_page(int(rng.integers(10_000_000, 10_000_012)), int(rng.integers(1, 3))))
    harm(making)
    return making


def two_symbols(rng: Rng, harm: Harm) -> Making:
    making = plain(rng, press_page(int(rng.integers(24))))
    harm(making)
    return making


def at_dpi(making: Making, dpi: int) -> None:
    making.scanner.dpi = dpi


def adf_typical(making: Making) -> None:
    scanner, rng = making.scanner, making.rng
    scanner.jitter, scanner.skew, scanner.dpi = rng.uniform(0.03, 0.1), rng.normal(0, 0.6), 300
    scanner.falloff, scanner.noise, scanner.quality = 0.04, 4, 70


def turned(making: Making, most: float) -> None:
    making.scanner.skew = making.rng.uniform(1, most) * making.rng.choice([-1, 1])
    making.scanner.window, making.scanner.shift_x, making.scanner.shift_y = (235.0, 320.0), 12, 11


def turned_by_quarters(making: Making) -> None:
    making.scanner.rotation = int(making.rng.choice([90, 180, 270]))


def fit_to_page(making: Making) -> None:
    scale = making.rng.uniform(0.93, 0.97)
    making.to_ink.append(lambda ink, dpi: harms.scaled(ink, dpi, scale, (0.5, 0.5)))


def squeezed(making: Making, least: int, most: int) -> None:
    making.scanner.quality = int(making.rng.integers(least, most + 1))


def unsharp(making: Making, least: float, most: float) -> None:
    """Deviation in px at 300 dpi."""
    making.scanner.mtf = making.rng.uniform(least, most) * 25.4 / 300


def moved(making: Making) -> None:
    making.scanner.motion = making.rng.uniform(3, 10) * 25.4 / 200


def noisy(making: Making) -> None:
    making.scanner.noise = making.rng.uniform(15, 50)


def salted(making: Making) -> None:
    share, rng = making.rng.uniform(0.01, 0.1), making.rng
    making.scanner.on_glass.append(lambda picture, scale: harms.salt_and_pepper(picture, scale, share, rng))


def toner_fade(making: Making) -> None:
    """Broad regions lose 60 to 90 % of their darkness, and thousands of dots have no toner."""
    lost, rng = making.rng.uniform(0.6, 0.9), making.rng
    making.to_ink.append(lambda ink, dpi: harms.dropped_out(ink, dpi, rng))
    making.to_sheet.insert(0, lambda sheet: harms.worn_out(sheet, rng, 1 - lost))


def combined(making: Making) -> None:
    toner_fade(making)
    unsharp(making, 1.5, 2.5)
    making.scanner.noise, making.scanner.skew = 12, making.rng.normal(0, 2)
    squeezed(making, 30, 60)


def streaked(making: Making, level: float, least: float, most: float) -> None:
    """One to three lines through the symbol."""
    rng = making.rng
    box = making.page.kind.symbols[0].box
    for _ in range(rng.integers(1, 4)):
        x, width = box[0] + rng.uniform(0.05, 0.95) * box[2], rng.uniform(least, most)
        making.to_ink.append(partial(_stripe, x=x, width=width, level=level, rng=rng))


def _stripe(ink: np.ndarray, dpi: int, x: float, width: float, level: float, rng: Rng) -> np.ndarray:
    return harms.stripe(ink, dpi, x, width, level, rng)


def stained(making: Making) -> None:
    """A brown stain of 8 to 20 mm and one to four strokes of a pen over the symbol."""
    rng, box = making.rng, making.page.kind.symbols[0].box
    strokes = int(rng.integers(1, 5))

    def lay(sheet: Sheet) -> None:
        size = rng.uniform(8, 20)
        room = (box[0] + rng.uniform(-5, 20), box[1] + rng.uniform(-5, 20), size, size)
        mask = blot(rng, sheet.px(size))
        sheet.stain(room, (mask * rng.uniform(0.4, 0.9)).astype(np.uint8), (0.35, 0.45, 0.55))
        harms.pen_over(sheet, rng, box, Pen((0.4, 0.12, 0.1), rng.uniform(0.4, 1.0), 0.95), strokes)

    making.to_sheet.append(lay)


def folded(making: Making) -> None:
    rng, leg = making.rng, making.rng.uniform(12, 58)
    corner = making.page.kind.symbols[0].corner
    making.to_sheet.append(lambda sheet: fold_corner(sheet, rng, corner, leg))


def low_contrast(making: Making) -> None:
    levels = making.rng.uniform(25, 70)
    dark = int(making.rng.uniform(10, 240 - levels))
    making.scanner.on_glass.append(lambda picture, scale: harms.pale(picture, scale, dark, int(dark + levels)))
    making.scanner.noise = 1.5


def bilevel(making: Making) -> None:
    making.scanner.mode, making.scanner.container = "bilevel", "tif"
    making.scanner.threshold = making.rng.uniform(0.4, 0.75)


def toned(making: Making) -> None:
    making.scanner.gamma = float(np.exp(making.rng.uniform(np.log(0.3), np.log(3.5))))


def cropped(making: Making) -> None:
    """3 to 19 mm away from the symbol's edges of the sheet."""
    lost = making.rng.uniform(3, 19)
    making.scanner.window = (210.0 - lost, 297.0)
    making.scanner.shift_x = -lost if making.rng.random() < 0.6 else 0.0
    if making.scanner.shift_x == 0 and lost > 15:  # the quiet zone of the symbol stays in the picture
        making.scanner.window = (195.0, 297.0)


def photographed(making: Making, perspective: float) -> None:
    making.photo = a_photo(making.rng)
    making.photo.perspective = perspective
    making.photo.names_camera = True
    making.scanner.mode = "colour"


STUDY: dict[str, Harm] = {
    "clean300": partial(at_dpi, dpi=300),
    "adf_typical": adf_typical,
    "dpi100": partial(at_dpi, dpi=100),
    "dpi150": partial(at_dpi, dpi=150),
    "dpi200": partial(at_dpi, dpi=200),
    "dpi600": partial(at_dpi, dpi=600),
    "skew1-10": partial(turned, most=10),
    "rot90-270": turned_by_quarters,
    "fit_to_page": fit_to_page,
    "jpeg_q20-40": partial(squeezed, least=20, most=40),
    "jpeg_q50-90": partial(squeezed, least=50, most=90),
    "blur_mild": partial(unsharp, least=1.5, most=3),
    "blur_strong": partial(unsharp, least=3, most=5.5),
    "motion_blur": moved,
    "gauss_noise": noisy,
    "salt_pepper": salted,
    "toner_fade": toner_fade,
    "combo_bad": combined,
    "streaks_black": partial(streaked, level=0.9, least=0.13, most=0.6),
    "streaks_white": partial(streaked, level=0.0, least=0.17, most=0.93),
    "stains_pen": stained,
    "folded_corner": folded,
    "low_contrast": low_contrast,
    "bilevel": bilevel,
    "gamma": toned,
    "crop_edge": cropped,
    "phone_mild": partial(photographed, perspective=0.04),
    "phone_hard": partial(photographed, perspective=0.1),
}
"""Sixteen pages a class in the study; the rates its cascade reached are in floors.toml."""

ONE_WHOLE = ("streaks_black", "streaks_white", "stains_pen", "folded_corner", "crop_edge")
"""Harms to one symbol of the two: the other is whole, and the page must be read."""
