"""Harms to the sheet: its size, its place, its corners; clearly there, with the codes they really cause besides."""

import numpy as np

from tests.recognition.corpora import harms
from tests.recognition.corpora.harmed import OF_A_SYMBOL, answer_sheet, lone, quick
from tests.recognition.corpora.making import Making, Rng
from tests.recognition.corpora.pages import OTHER_EVENT, press_page
from tests.recognition.corpora.photo import Photo
from tests.recognition.corpora.things import fold_corner


def printed_scaled(rng: Rng) -> Making:
    """By at least 1.9 % too small or 1.9 to 3 % too large, both ways alike: "fit to page" is 93 to 98 %."""
    making = quick(rng)
    scale = rng.uniform(0.93, 0.981) if rng.random() < 0.8 else rng.uniform(1.019, 1.03)
    anchor = (0.5, 0.5) if rng.random() < 0.7 else (0.5, 0.1)
    making.to_ink.append(lambda ink, dpi: harms.scaled(ink, dpi, scale, anchor))
    making.scanner.states_dpi = True
    # Enlarged from the top, the form's lower edge does not fit onto the sheet any more.
    making.owes("printed_scaled", *(("page_cut",) if scale > 1 else ()))
    return making


def feed_stretched(rng: Rng) -> Making:
    """Along the feed 1.6 to 3 % longer or shorter than across; the picture grows with it, or ends where A4 ends."""
    making = quick(rng, answer_sheet(rng) if rng.random() < 0.7 else press_page(int(rng.integers(24))))
    scanner = making.scanner
    stretch = rng.uniform(1.016, 1.03) if rng.random() < 0.5 else rng.uniform(0.97, 0.984)
    scanner.scale_y = stretch
    scanner.states_dpi = True
    scanner.window = (210.0, 297 * stretch)
    # The sheet's middle is put where the window's middle is.
    scanner.shift_y = 297 * (stretch - 1) / 2
    making.owes("feed_stretched")
    return making


def page_cut(rng: Rng) -> Making:
    """9 to 25 mm of the sheet lie outside the picture at one side: shifted on the glass, or the window too short."""
    making = quick(rng)
    lost = rng.uniform(9, 25)
    # Of a page with one symbol nothing is known once that symbol is cut away: only the far sides are cut there.
    side = str(rng.choice(["left", "bottom"] if lone(making) else ["left", "right", "top", "bottom"]))
    scanner = making.scanner
    scanner.window, scanner.shift_x, scanner.shift_y = (210.0, 297.0), 0.0, 0.0
    scanner.states_dpi = True
    companions = ["qr_missing", "qr_damaged", "qr_defect", "qr_weak", "fiducials_missing", "fiducial_defect"]
    if rng.random() < 0.6:
        moves = {"left": (-lost, 0.0), "right": (lost, 0.0), "top": (0.0, -lost), "bottom": (0.0, lost)}
        scanner.shift_x, scanner.shift_y = moves[side]
    else:
        across, down = (lost, 0.0) if side in ("left", "right") else (0.0, lost)
        scanner.window = (210.0 - across, 297.0 - down)
        scanner.shift_x, scanner.shift_y = {"left": (-lost, 0.0), "top": (0.0, -lost)}.get(side, (0.0, 0.0))
        companions.append("wrong_paper_size")  # the picture has another size indeed
    making.note = side
    making.owes("page_cut", *companions)
    return making


def skewed(rng: Rng) -> Making:
    """1.7 to 9 degrees. From 2.5 the sheet's corners leave the window and what is printed there with them."""
    making = quick(rng)
    angle = rng.uniform(1.7, 4) if rng.random() < 0.7 else rng.uniform(4, 9)
    making.scanner.skew = angle * rng.choice([-1, 1])
    making.named = angle < 4
    cut = ("page_cut", "fiducials_missing", "fiducial_defect", "qr_missing", *OF_A_SYMBOL) if angle > 2.5 else ()
    making.owes("skewed", *cut)
    return making


def folded_corner(rng: Rng) -> Making:
    """Legs of 20 to 55 mm: it reaches a square or a symbol, or hides as much of the sheet."""
    making = quick(rng)
    corner = str(rng.choice(["top_left", "top_right", "bottom_left", "bottom_right"]))
    leg = rng.uniform(20, 55)
    if making.scanner.mode == "bilevel":
        making.lid = 0.04  # without greys a fold before a white lid leaves no trace
    making.to_sheet.append(lambda sheet: fold_corner(sheet, rng, corner, leg))
    making.scanner.window = (210.0, 297.0)
    making.scanner.skew *= 0.5
    making.named = not lone(making)
    making.note = corner
    making.owes("folded_corner", *OF_A_SYMBOL, "qr_missing", "fiducials_missing", "fiducial_defect")
    return making


def wrong_paper_size(rng: Rng) -> Making:
    """Letter, Legal, A5 or A3 instead of A4, the print fitted to it or laid on it as it is."""
    making = quick(rng)
    kind = str(rng.choice(["letter", "letter_cut", "legal", "a5", "a3"]))
    size, scale, at = {
        "letter": ((215.9, 279.4), 0.94, (9.0, 0.0)),
        "letter_cut": ((215.9, 279.4), 1.0, (3.0, 0.0)),
        "legal": ((215.9, 355.6), 1.0, (3.0, 0.0)),
        "a5": ((148.0, 210.0), 0.7048, (0.0, 0.0)),
        "a3": ((297.0, 420.0), float(rng.choice([1.0, 1.4142])), (0.0, 0.0)),
    }[kind]
    making.to_ink.append(lambda ink, dpi: harms.on_paper_of(ink, dpi, size, scale, at))
    making.to_sheet = []
    scanner = making.scanner
    scanner.window, scanner.shift_x, scanner.shift_y = size, 0.0, 0.0
    scanner.states_dpi = True
    making.named = kind in ("letter", "legal")
    making.note = kind
    cut = ("page_cut", "fiducials_missing", "fiducial_defect", "qr_missing", "qr_damaged", "qr_defect", "qr_weak")
    # A5 at 150 dpi holds as much of the form as A4 at 106 would.
    small = ("low_resolution", "qr_weak") if kind == "a5" and scanner.dpi < 200 else ()
    making.owes("wrong_paper_size", "printed_scaled", *small, *(cut if kind == "letter_cut" else ()))
    return making


def two_pages_on_one(rng: Rng) -> Making:
    """Two pages side by side: printed small on A4, or two kits' sheets on the glass of an A3 scanner."""
    making = quick(rng, press_page(int(rng.integers(24))))
    making.to_sheet = []
    scanner = making.scanner
    scanner.shift_x = scanner.shift_y = 0.0
    other = press_page(int(rng.integers(24)))
    while (other.kit, other.number) == (making.page.kit, making.page.number):
        other = press_page(int(rng.integers(24)))
    if rng.random() < 0.5:
        making.to_ink.append(lambda ink, dpi: harms.two_up(ink, dpi, other.ink(dpi)))
        making.note = "small"
    else:
        making.to_ink.append(lambda ink, dpi: np.hstack([ink, other.ink(dpi)]))
        scanner.window = (420.0, 297.0)
        making.note = "a3"
    making.named = False
    making.owes("two_pages_on_one", "printed_scaled", "wrong_paper_size")
    return making


def photo_not_scan(rng: Rng) -> Making:
    """A telephone's picture, with or without the camera's name in it. Of a photograph every measure is the camera's."""
    making = quick(rng, modes=("colour",))
    making.photo = a_photo(rng)
    making.named = not lone(making)
    making.owes(
        "photo_not_scan",
        "skewed",
        "feed_stretched",
        "printed_scaled",
        "wrong_paper_size",
        "low_contrast",
        "blurred",
        "low_resolution",
        "qr_weak",
    )
    return making


def a_photo(rng: Rng) -> Photo:
    return Photo(
        perspective=rng.uniform(0.03, 0.1),
        shade=rng.uniform(0.05, 0.45),
        fills=rng.uniform(0.72, 0.93),
        turn=rng.normal(0, 3),
        noise=rng.uniform(2, 7),
        quality=int(rng.integers(75, 94)),
        names_camera=bool(rng.random() < 0.5),
    )


def other_event(rng: Rng) -> Making:
    making = quick(rng, press_page(int(rng.integers(24)), OTHER_EVENT))
    making.owes("other_event")
    return making
