"""Harms to one symbol or one square, clearly there, and the codes they really cause besides."""

from functools import partial

import numpy as np
import zxingcpp

from recognition.form import Box, build_payload
from tests.recognition.corpora import harms
from tests.recognition.corpora.good import no_ink
from tests.recognition.corpora.harmed import (
    OF_A_SYMBOL,
    TONED,
    a_square,
    a_symbol,
    answer_sheet,
    as_it_is,
    lone,
    one_spot,
    quick,
)
from tests.recognition.corpora.making import Making, Rng
from tests.recognition.corpora.pages import EVENT, Gray, draw_lines, press_page
from tests.recognition.corpora.pen import Pen
from tests.recognition.corpora.sheet import Sheet


def qr_missing(rng: Rng) -> Making:
    """Not printed, or a white label over it. Nothing is left to see."""
    making = quick(rng)
    box = a_symbol(making)
    if rng.random() < 0.6:
        making.to_ink.append(lambda ink, dpi: harms.unprinted(ink, dpi, box))
    else:
        grown = (box[0] - 2.5, box[1] - 2.5, box[2] + 5, box[3] + 5)
        making.to_sheet.append(lambda sheet: sheet.lay(grown, sheet.blank(grown) + np.uint8(255), (0.96, 0.96, 0.96)))
    making.named = not lone(making)
    making.owes("qr_missing")
    return making


def qr_damaged(rng: Rng) -> Making:
    """More than half of the modules rubbed off or smeared over: no reader can, but there clearly was a symbol."""
    making = quick(rng)
    box, share, level = a_symbol(making), rng.uniform(0.5, 0.65), int(rng.choice([0, 0, 235]))
    making.to_ink.append(lambda ink, dpi: harms.patchy_loss(ink, dpi, box, share, level, rng))
    making.named = not lone(making)
    making.owes("qr_damaged", "mark_over_symbol", "qr_defect", "qr_weak")
    return making


def qr_defect(rng: Rng) -> Making:
    """One to three voids or drops of toner 2.3 to 4 mm across in the symbol: three modules and more, still readable."""
    making = quick(rng)
    box, level = a_symbol(making), int(rng.choice([0, 255], p=[0.65, 0.35]))
    for _ in range(rng.integers(1, 4)):
        making.to_ink.append(partial(a_telling_spot, box=box, side=rng.uniform(2.3, 4.0), level=level, rng=rng))
    # A drop of toner and a drop of ink look alike on a scan: either name sends the person to the same place.
    making.owes("qr_defect", "qr_weak", instead=("mark_over_symbol",) if level else ())
    making.note = "drop" if level else "void"
    return making


def a_telling_spot(ink: Gray, dpi: int, box: Box, side: float, level: int, rng: Rng) -> Gray:
    return harms.telling_spot(ink, dpi, box, side, level, rng)


def qr_weak(rng: Rng) -> Making:
    """About to fail: contrast of 20 to 33 % (grade 1 of ISO/IEC 15415), or four fifths of the way to unreadable."""
    if rng.random() < 0.5:
        making = quick(rng, modes=TONED)
        box, share = a_symbol(making), rng.uniform(0.2, 0.33)
        making.printer.density = 1.0
        making.printer.mottle = making.printer.banding = 0.0
        making.to_sheet.insert(0, partial(pale_symbol, box=box, contrast=share))
        as_it_is(making.scanner)
        making.note = "pale"
        # Pale toner may be told by its cause.
        making.owes("qr_weak", "qr_defect", instead=("low_contrast",))
        return making
    making = quick(rng)
    box = a_symbol(making)
    share = rng.uniform(0.75, 0.88)
    making.to_ink.append(lambda ink, dpi: harms.nearly_lost(ink, dpi, box, share, rng, is_read))
    making.note = "spotted"
    making.named = not lone(making)
    # So near to unreadable, that the scanner may take it over the edge: then the harsher word is the right one.
    making.owes("qr_weak", "qr_defect", "mark_over_symbol", instead=("qr_damaged",))
    return making


def pale_symbol(sheet: Sheet, box: Box, contrast: float) -> None:
    """Toner of this symbol so thin that dark and light modules differ by `contrast` of full white."""
    x, y, width, height = box
    part = sheet.light[sheet.window((x - 2, y - 2, width + 4, height + 4))]
    white = np.percentile(part, 95)
    dark = np.percentile(part, 5)
    part[:] = np.clip(white - (white - part.astype(np.float32)) * (contrast * 255 / max(1.0, white - dark)), 0, 255)


def is_read(picture: Gray) -> bool:
    small = picture[::2, ::2]
    return bool(zxingcpp.read_barcodes(np.ascontiguousarray(small), formats=zxingcpp.BarcodeFormat.QRCode))


def qr_foreign(rng: Rng) -> Making:
    """Only codes of somebody else's, one to ten of them; or ours with a wrong check code, or an odd text."""
    making = quick(rng, press_page(int(rng.integers(24))))
    kind = rng.choice(["document", "ten", "check", "odd"])
    boxes = [symbol.box for symbol in making.page.kind.symbols]
    if kind in ("check", "odd"):
        right = build_payload(making.form, event=EVENT, kit=making.page.kit, page=making.page.number, pages=4)
        text = right[:-1] + ("A" if right[-1] != "A" else "B") if kind == "check" else "AP1" + "\x07<b>%s" * 9
    else:
        making.to_ink.append(no_ink)
        making.to_ink.append(partial(document, seed=str(rng.integers(999))))
        text = f"https://example.org/{rng.integers(10**9)}"
        grid = [(25 + 36 * column, 150 + 45 * row, 26, 26) for row in range(2) for column in range(5)]
        boxes = grid if kind == "ten" else [(rng.uniform(20, 150), rng.uniform(150, 250), 24, 24)]
        making.to_sheet = making.to_sheet[-1:]
    for box in boxes:
        making.to_ink.append(partial(harms.other_symbol, box=box, text=text))
    making.named = False
    making.note = str(kind)
    making.owes("qr_foreign")
    return making


def document(ink: Gray, dpi: int, seed: str) -> Gray:
    draw_lines(ink, dpi, seed, 30, 130)
    return ink


def fiducials_missing(rng: Rng) -> Making:
    """One or two squares not printed, or a label over them."""
    making = quick(rng, answer_sheet(rng))
    for square in rng.permutation(len(making.page.kind.squares))[: rng.integers(1, 3)]:
        making.to_ink.append(partial(harms.unprinted, box=making.page.kind.squares[square].box))
    making.owes("fiducials_missing")
    return making


def fiducial_defect(rng: Rng) -> Making:
    """A void, a bite out of an edge, or a drop of toner on it, 2 to 3.2 mm across, at a square of 6 or 7 mm."""
    making = quick(rng, answer_sheet(rng))
    x, y, width, height = a_square(making)
    side = rng.uniform(2.0, 3.2)
    kind = rng.choice(["void", "bite", "drop"])
    if kind == "void":
        at = x + width / 2 + rng.uniform(-1, 1), y + height / 2 + rng.uniform(-1, 1)
    else:
        along, where = rng.uniform(0.25, 0.75), rng.integers(4)
        out = 0.4 if kind == "drop" else -0.2
        at = [
            (x - out, y + height * along),
            (x + width + out, y + height * along),
            (x + width * along, y - out),
            (x + width * along, y + height + out),
        ][where]
    making.to_ink.append(partial(one_spot, at=at, side=side, level=255 if kind == "drop" else 0, rng=rng))
    making.note = str(kind)
    making.owes("fiducial_defect")
    return making


def mark_over_symbol(rng: Rng) -> Making:
    """Two to six strokes of a dark pen right through a symbol, or a stamp on it."""
    making = quick(rng, modes=TONED if rng.random() < 0.85 else ())
    box = a_symbol(making)
    if rng.random() < 0.7:
        pen = [
            Pen((0.5, 0.16, 0.12), rng.uniform(0.45, 0.7), 0.95),
            Pen((0.06, 0.06, 0.06), rng.uniform(0.45, 1.2), 1.0),
        ][rng.integers(2)]
        strokes = int(rng.integers(2, 7))
        making.to_sheet.append(lambda sheet: harms.pen_over(sheet, rng, box, pen, strokes))
        making.note = "pen"
    else:
        stamp = Pen([(0.55, 0.2, 0.2), (0.45, 0.15, 0.3), (0.1, 0.1, 0.1)][rng.integers(3)], 0.8, rng.uniform(0.8, 1.0))
        making.to_sheet.append(lambda sheet: harms.stamp_over(sheet, rng, box, stamp))
        making.note = "stamp"
    making.named = not lone(making)
    making.owes("mark_over_symbol", *OF_A_SYMBOL)
    return making
