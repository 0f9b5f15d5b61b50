"""Harms of the scanner, its glass, or the toner: clearly there, with the codes they really cause besides."""

from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np

from tests.recognition.corpora import harms
from tests.recognition.corpora.harmed import OF_A_SYMBOL, TONED, as_it_is, lone, quick
from tests.recognition.corpora.making import Making, Rng, ToPicture, wear
from tests.recognition.corpora.pages import Gray, press_page
from tests.recognition.corpora.pen import bent, draw
from tests.recognition.corpora.sheet import blot, clear_of


def low_resolution(rng: Rng) -> Making:
    """75 to 125 dpi, said or not: A4 with 620 to 1030 px across. Fine print is unsharp there by itself."""
    making = quick(rng)
    making.scanner.dpi = int(rng.integers(75, 126))
    making.scanner.quality = max(60, making.scanner.quality)
    making.scanner.window = (210.0, 297.0)
    making.named = making.scanner.dpi >= 95 and making.scanner.mode != "bilevel"
    making.owes("low_resolution", "qr_weak", "qr_defect", "qr_damaged", "blurred", "fiducial_defect")
    return making


def low_contrast(rng: Rng) -> Making:
    """Between paper and print 30 to 68 levels of 256: pale toner all over, or a scan without blacks or whites."""
    making = quick(rng, modes=TONED)
    levels = rng.uniform(30, 68)
    if rng.random() < 0.5:
        making.printer.density = levels / 245
        making.printer.banding = making.printer.mottle = 0.0
        as_it_is(making.scanner)
        # The back of such a sheet is as pale: it does not shine through.
        making.to_sheet[-1] = lambda sheet: wear(sheet, rng)
        making.note = "toner"
    else:
        dark = int(rng.uniform(20, 245 - levels))
        making.scanner.on_glass.append(lambda picture, scale: harms.pale(picture, scale, dark, int(dark + levels)))
        making.scanner.noise = min(making.scanner.noise, 3)
        making.note = "scan"
    making.owes("low_contrast", "qr_weak", "qr_defect", "fiducial_defect")
    return making


def streaks(rng: Rng) -> Making:
    """Along the sheet: black 0.3 to 1.2 mm wide anywhere, or white 0.5 to 2 mm through a symbol or a square."""
    making = quick(rng)
    marked = making.page.marks
    box = marked[rng.integers(len(marked))]
    through = box[0] + box[2] * rng.uniform(0.3, 0.7)
    kind = str(rng.choice(["white", "black", "feed"], p=[0.45, 0.25, 0.3]))
    reach = (0.0, 1.0) if rng.random() < 0.7 else [(0.0, 0.7), (0.3, 1.0)][rng.integers(2)]
    if kind == "white":
        width = rng.uniform(0.5, 2.0)
        making.to_ink.append(lambda ink, dpi: harms.stripe(ink, dpi, through, width, 0, rng))
    elif kind == "black":
        x, width, level = rng.choice([through, rng.uniform(20, 190)]), rng.uniform(0.3, 1.2), rng.uniform(0.6, 1)
        making.to_ink.append(lambda ink, dpi: harms.stripe(ink, dpi, x, width, level, rng, reach))
    else:
        x, width, value = rng.choice([through, rng.uniform(20, 190)]), rng.uniform(0.25, 0.8), int(rng.uniform(0, 90))
        making.scanner.on_glass.append(lambda picture, scale: harms.line_from_feed(picture, scale, x, width, value))
    making.note = kind
    making.named = not lone(making) and len(making.page.kind.symbols) == 2
    making.owes("streaks", *OF_A_SYMBOL, "fiducial_defect")
    return making


def blurred(rng: Rng) -> Making:
    """Out of focus by a deviation of 0.27 to 0.5 mm: lines 0.3 mm apart run together. Or 0.9 to 1.6 mm of motion."""
    making = quick(rng, modes=TONED)
    if rng.random() < 0.75:
        making.scanner.mtf = rng.uniform(0.27, 0.5)
        making.note = "focus"
    else:
        making.scanner.motion = rng.uniform(0.9, 1.6)
        making.note = "motion"
    making.scanner.sharpen = 0.0
    making.named = making.scanner.mtf < 0.35 and not making.scanner.motion
    making.owes("blurred", "qr_weak", "qr_damaged", "qr_defect", "low_contrast")
    return making


IN_THE_MARGIN = (
    (3.0, 60.0),
    (3.0, 100.0),
    (3.0, 200.0),
    (201.0, 70.0),
    (201.0, 110.0),
    (201.0, 220.0),
    (90.0, 288.0),
    (60.0, 3.0),
)
"""Places, in mm of the glass, where no page prints and nobody writes."""
MARKS_OF_ALL_KINDS = [box for index in (0, 1) for box in press_page(index).marks]


def dirty_glass(rng: Rng) -> Iterable[Making]:
    """Four to six sheets of one scanner: a line at one place of each, or dirt or a hair off symbols and squares.

    In the margin 3 to 7 mm and half dark or more; among print and writing 4 to 8 mm and darker.
    """
    sheets = [quick(rng) for _ in range(rng.integers(4, 7))]
    first = sheets[0].scanner
    lined = rng.random() < 0.5
    dirt = on_the_feed(rng) if lined else in_the_margin(rng) if rng.random() < 0.5 else among_the_print(rng)
    pages = [press_page(int(index)) for index in rng.permutation(24)]
    for making, page in zip(sheets, pages, strict=False):
        making.page = page
        making.scanner = replace(
            first, mode="grey", container="jpg", rotation=0, window=(210.0, 297.0), states_dpi=True
        )
        making.scanner.skew = float(np.clip(rng.normal(0, 0.25), -0.5, 0.5))
        making.scanner.shift_x, making.scanner.shift_y = rng.normal(0, 0.5, 2)
        making.scanner.on_glass = [dirt]
        making.note = "line" if lined else "spot"
        making.owes("dirty_glass", *(("streaks", *OF_A_SYMBOL, "fiducial_defect") if lined else ()))
    return sheets


def on_the_feed(rng: Rng) -> ToPicture:
    """Under the beam of a sheet-fed scanner one grain of dirt draws one line down every sheet."""
    x, width, value = rng.uniform(20, 190), rng.uniform(0.25, 0.8), int(rng.uniform(0, 90))
    return lambda picture, scale: harms.line_from_feed(picture, scale, x, width, value)


def in_the_margin(rng: Rng) -> ToPicture:
    place = IN_THE_MARGIN[rng.integers(len(IN_THE_MARGIN))]
    at = place[0] + rng.uniform(-1, 1), place[1] + rng.uniform(-8, 8) * (place[1] < 280 and place[1] > 20)
    hair = rng.random() < 0.3
    cover = a_hair(rng) if hair else a_smear(rng, rng.uniform(3, 7))
    dark = rng.uniform(0.7 if hair else 0.5, 0.9)
    return lambda picture, scale: harms.dirt_on_glass(picture, scale, at, cover, dark)


def among_the_print(rng: Rng) -> ToPicture:
    side = rng.uniform(4, 8)
    at = (0.0, 0.0)
    while at == (0.0, 0.0) or not clear_of(MARKS_OF_ALL_KINDS, (*at, side, side), 4):
        at = rng.uniform(8, 195), rng.uniform(8, 282)
    cover, dark = a_smear(rng, side), rng.uniform(0.65, 0.95)
    return lambda picture, scale: harms.dirt_on_glass(picture, scale, at, cover, dark)


def a_smear(rng: Rng, side: float) -> Gray:
    return cv2.GaussianBlur(blot(rng, int(side * 20), 0.4), (0, 0), 6)


def a_hair(rng: Rng) -> Gray:
    cover = np.zeros((160, 100), np.uint8)
    points = np.stack([50 + rng.normal(0, 18, 6), np.linspace(8, 150, 6)], 1)
    draw(cover, bent(points, rng, 2), rng.uniform(4, 7))
    return cover
