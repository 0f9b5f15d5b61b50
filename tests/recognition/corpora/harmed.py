"""What the harms of all codes begin with: a sound page, and where on it to harm."""

from recognition.form import Box
from tests.recognition.corpora import harms
from tests.recognition.corpora.making import Making, Rng, ordinary
from tests.recognition.corpora.pages import Gray, Page, one_qr_page, press_page
from tests.recognition.corpora.scanner import Scanner

TONED = ("grey", "colour")


OF_A_SYMBOL = ("qr_defect", "qr_weak", "qr_damaged")


def answer_sheet(rng: Rng) -> Page:
    if rng.random() < 0.7:
        return press_page(int(rng.integers(6)) * 4)
    return one_qr_page(int(rng.integers(10_000_000, 10_000_012)), 1)


def quick(rng: Rng, page: Page | None = None, *, modes: tuple[str, ...] = ()) -> Making:
    """A sound page to harm, at 150 or 200 dpi, one of five at 300."""
    making = ordinary(rng, page, modes=modes, dpi=int(rng.choice([150, 200, 300], p=[0.4, 0.4, 0.2])))
    making.scanner.says_dpi = 0
    return making


def as_it_is(scanner: Scanner) -> None:
    """Tones pass unchanged, so that a contrast of the sheet is the contrast of the picture."""
    scanner.gamma, scanner.white, scanner.black = 1.0, 0.98, 0.02


def a_symbol(making: Making) -> Box:
    places = making.page.kind.symbols
    return places[making.rng.integers(len(places))].box


def a_square(making: Making) -> Box:
    places = making.page.kind.squares
    return places[making.rng.integers(len(places))].box


def lone(making: Making) -> bool:
    """The page has no other symbol that names it."""
    return len(making.page.kind.symbols) == 1


def one_spot(ink: Gray, dpi: int, at: tuple[float, float], side: float, level: int, rng: Rng) -> Gray:
    return harms.spot(ink, dpi, at, side, level, rng)
