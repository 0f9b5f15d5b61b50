"""Layouts unlike the practice form, and what is true of each: drawn by hand, not by the project's press."""

import random
import zlib
from binascii import crc_hqx
from collections.abc import Callable
from dataclasses import dataclass

from tests.recognition.forms_learning.pdf_writer import Sheet, write_pdf

Box = tuple[float, float, float, float]
Payload = Callable[[str, int, int], str]


@dataclass(frozen=True)
class Layout:
    """`symbols`, `squares`: boxes on page 1 of a kit; `later`: on further pages. `payload(kit, page, pages)`."""

    name: str
    paper: tuple[float, float]
    pages: int
    symbols: tuple[Box, ...]
    squares: tuple[Box, ...]
    payload: Payload
    check: str | None
    first_kit: int
    event: str | None = None
    later_symbols: tuple[Box, ...] | None = None
    later_squares: tuple[Box, ...] = ()
    kit: Callable[[int], str] = str

    def kits(self, count: int = 4) -> list[str]:
        """Numbers as an examination office gives them: not in a row."""
        draw = random.Random(self.name)
        return [self.kit(self.first_kit + number * 37 + draw.randrange(30)) for number in range(count)]

    def places(self, page: int) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
        """Symbols and squares of this page of a kit, from 1."""
        if page == 1:
            return self.symbols, self.squares
        return self.symbols if self.later_symbols is None else self.later_symbols, self.later_squares

    def pdf(self, count: int = 4) -> bytes:
        sheets = [self._sheet(kit, page) for kit in self.kits(count) for page in range(1, self.pages + 1)]
        return write_pdf(sheets)

    def _sheet(self, kit: str, page: int) -> Sheet:
        sheet = Sheet(*self.paper)
        symbols, squares = self.places(page)
        for x, y, side, _ in symbols:
            sheet.symbol(x, y, side, self.payload(kit, page, self.pages))
        for box in squares:
            sheet.rectangle(*box)
        _dress(sheet, kit, page)
        return sheet


def _dress(sheet: Sheet, kit: str, page: int) -> None:
    """What stands on real forms and is no mark: text, a table, a logo, a bold rule, a filled box, bubbles."""
    left, top = sheet.width * 0.3, sheet.height * 0.3
    sheet.words(left, top - 8, f"Examination paper {kit}, page {page}")
    sheet.rectangle(left, top, sheet.width * 0.4, 2.2)
    sheet.rectangle(left, top + 8, 22, 9)
    for row in range(5):
        sheet.line(left, top + 22 + row * 8, left + 64, top + 22 + row * 8)
    for column in range(9):
        sheet.line(left + column * 8, top + 22, left + column * 8, top + 54)
    for bubble in range(8):
        sheet.circle(left + 4 + bubble * 8, top + 64, 2.4, "f" if bubble == 3 else "S")
    sheet.circle(left + 50, top + 13, 4.5, "f")
    for line in range(4):
        sheet.words(left, top + 74 + line * 6, f"{line + 1}. Read the task and write the answer below.", 9)


def _crc_hex(kit: str, page: int, _pages: int) -> str:
    body = f"KIT-{kit}-{page:02d}-"
    return body + f"{crc_hqx(body[:-1].encode(), 0xFFFF):04X}"


def _luhn(kit: str, page: int, pages: int) -> str:
    body = f"2026{kit}{page:02d}{pages:02d}"
    digits = [int(letter) for letter in reversed(body)]
    total = sum(sum(divmod(2 * digit, 10)) for digit in digits[::2]) + sum(digits[1::2])
    return body + str(-total % 10)


def _url(kit: str, page: int, _pages: int) -> str:
    return f"https://exam.example/f?e=spo26&k={kit}&p={page}"


def _crc32(kit: str, page: int, pages: int) -> str:
    body = f"VPR{kit}P{page:02d}{pages:02d}"
    return body + f"{zlib.crc32(body.encode()):08X}"


def _secret(kit: str, page: int, _pages: int) -> str:
    body = f"Z{kit}/{page}/"
    return body + f"{zlib.crc32(('salt' + body).encode()) % 9973:04d}"


def _sq(*points: tuple[float, float], side: float) -> tuple[Box, ...]:
    return tuple((x, y, side, side) for x, y in points)


A4, A4_WIDE, A5 = (210.0, 297.0), (297.0, 210.0), (148.0, 210.0)

LAYOUTS = (
    Layout(
        "one symbol at the bottom, three squares of 5 mm, kits of 2",
        *(A4, 2, ((90, 262, 24, 24),), _sq((12, 12), (193, 12), (12, 280), side=5)),
        *(_crc_hex, "crc16-ccitt-hex-4/bare", 500123),
    ),
    Layout(
        "landscape, four squares of 8 mm, digits only, kits of 12",
        *(A4_WIDE, 12, ((258, 12, 26, 26),), _sq((10, 10), (10, 192), (279, 192), (240, 10), side=8)),
        *(_luhn, "luhn-1", 40017731),
        event="2026",
        later_squares=_sq((10, 10), (10, 192), (279, 192), (240, 10), side=8),
    ),
    Layout(
        "one page, five squares of 6 mm, letters in the kit",
        *(A4, 1, ((12, 12, 28, 28), (170, 255, 28, 28))),
        _sq((195, 10), (10, 145), (194, 145), (10, 281), (150, 281), side=6),
        *(lambda kit, _p, _n: f"TST:{kit}", None, 1),
        kit=lambda number: "QWERTYUPAS"[number % 10] + f"{number * 7919 % 100000:05d}" + "BCDFGHJKLM"[number // 7 % 10],
    ),
    Layout(
        "address in lower case, no squares, pages in another place",
        *(A4, 3, ((165, 14, 30, 30),), (), _url, None, 18801),
        event="spo26",
        later_symbols=((15, 250, 30, 30),),
    ),
    Layout(
        "eight squares of 4 mm, symbols on both sides, CRC-32",
        *(A4, 2, ((20, 12, 24, 24), (166, 262, 24, 24))),
        _sq((8, 8), (100, 8), (198, 8), (8, 140), (198, 140), (8, 284), (100, 284), (198, 284), side=4),
        *(_crc32, "crc32-hex-8", 7700412),
    ),
    Layout(
        "squares in one row, a check nobody knows, pages from 0, kits of 4",
        *(A4, 4, ((20, 20, 26, 26),), _sq((60, 10), (100, 10), (140, 10), (180, 10), side=6)),
        *(lambda kit, page, pages: _secret(kit, page - 1, pages), None, 90210),
    ),
    Layout(
        "small paper, six squares of 5 mm, symbol in the middle of the foot",
        *(A5, 2, ((62, 178, 24, 24),), _sq((8, 8), (135, 8), (8, 100), (135, 100), (8, 195), (135, 195), side=5)),
        *(lambda kit, page, pages: f"{kit};{page};{pages}", None, 3301),
        later_squares=_sq((8, 8), (135, 8), (8, 195), (135, 195), side=5),
    ),
)
