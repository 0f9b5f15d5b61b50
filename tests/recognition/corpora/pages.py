"""What is printed: the press's own pages through pdfium, and a form with one symbol a page, drawn here."""

import io
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import pypdfium2
import segno
from numpy.typing import NDArray

from recognition.form import Box, Form, PageKind, build_payload, load_form, practice_form
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts

Gray = NDArray[np.uint8]
EVENT = "TEST"
OTHER_EVENT = "OTHER"
PRESS_KITS = 6
PRESS_PAGES = 4

ONE_QR = load_form(
    {
        "name": "second-corpus-one-symbol",
        "paper": [210, 297],
        "pages": 3,
        "kinds_by_page": ["answer_sheet", "task"],
        "kinds": {
            "answer_sheet": {
                "symbols": [{"corner": "top_right", "box": [166, 14, 25, 25]}],
                "squares": [
                    {"name": "top_left", "box": [12, 12, 6, 6]},
                    {"name": "middle_left", "box": [12, 146, 6, 6]},
                    {"name": "middle_right", "box": [192, 146, 6, 6]},
                    {"name": "bottom_left", "box": [12, 279, 6, 6]},
                    {"name": "bottom_middle", "box": [102, 279, 6, 6]},
                    {"name": "bottom_right", "box": [192, 279, 6, 6]},
                ],
                "fields": [{"at": [30, 90], "cell": [8, 9], "columns": 18, "rows": 9, "step": [8, 18]}],
            },
            "task": {
                "symbols": [{"corner": "top_right", "box": [166, 14, 25, 25]}],
                "squares": [],
                "fields": [{"at": [25, 150], "cell": [160, 10], "columns": 1, "rows": 11, "step": [160, 11]}],
            },
        },
        "payload": {
            "pattern": r"ZX(?P<event>[A-Z]{4})(?P<kit>\d{8})-(?P<page>\d\d)-(?P<pages>\d\d)(?P<check>[0-9A-Z]{4})",
            "template": "ZX{event}{kit}-{page:02d}-{pages:02d}{check}",
            "check": "crc32-base36-4",
        },
    }
)
"""Twenty-five letters in a version 2 or 3 symbol of 25 mm at the top right, as in the study the floors are from."""


@dataclass(frozen=True)
class Page:
    """A page to print: who it is, and where its symbols and squares stand."""

    form: Form
    event: str
    kit: str
    number: int

    @property
    def kind(self) -> PageKind:
        return self.form.kind_of(self.number)

    @property
    def marks(self) -> list[Box]:
        return [place.box for place in (*self.kind.symbols, *self.kind.squares)]

    def ink(self, dpi: int) -> Gray:
        """Ink wanted at each px of `dpi`, 255 is full black. Do not write into it."""
        draw = _press_ink if self.is_press else _drawn_ink
        return draw(self.event, self.kit, self.number, dpi)

    @property
    def is_press(self) -> bool:
        return self.form is not ONE_QR


@lru_cache(maxsize=2)
def _order(event: str) -> KitOrder:
    return KitOrder(kits=PRESS_KITS, pages=PRESS_PAGES, event=event, seed=77)


@lru_cache(maxsize=2)
def _press_pdf(event: str) -> bytes:
    return MakeKits(load_texts("ru"))(_order(event))


def press_page(index: int, event: str = EVENT) -> Page:
    """Page `index` of the press's file, kit after kit."""
    kit, number = divmod(index % (PRESS_KITS * PRESS_PAGES), PRESS_PAGES)
    return Page(practice_form(PRESS_PAGES), event, _order(event).numbers()[kit], number + 1)


def one_qr_page(kit: int, number: int) -> Page:
    return Page(ONE_QR, EVENT, f"{kit:08d}", number)


@lru_cache(maxsize=6)
def _press_ink(event: str, kit: str, number: int, dpi: int) -> Gray:
    place = _order(event).numbers().index(kit)
    pdf = pypdfium2.PdfDocument(io.BytesIO(_press_pdf(event)))
    picture = pdf[place * PRESS_PAGES + number - 1].render(scale=dpi / 72, grayscale=True).to_numpy()
    pdf.close()
    return 255 - picture.reshape(picture.shape[:2])


def px(mm: float, dpi: int) -> int:
    return round(mm * dpi / 25.4)


def cells(box: Box, dpi: int) -> tuple[slice, slice]:
    x, y, width, height = box
    return slice(px(y, dpi), px(y + height, dpi)), slice(px(x, dpi), px(x + width, dpi))


def symbol_ink(text: str, side: int) -> Gray:
    """A QR of `side` px without its quiet zone."""
    modules = np.array(segno.make(text, error="q", micro=False).matrix, np.uint8) * 255
    return cv2.resize(modules, (side, side), interpolation=cv2.INTER_NEAREST)


@lru_cache(maxsize=6)
def _drawn_ink(event: str, kit: str, number: int, dpi: int) -> Gray:
    page = Page(ONE_QR, event, kit, number)
    ink = np.zeros((px(297, dpi), px(210, dpi)), np.uint8)
    text = build_payload(page.form, event=page.event, kit=page.kit, page=page.number, pages=page.form.pages)
    for symbol in page.kind.symbols:
        rows, columns = cells(symbol.box, dpi)
        symbol_px = symbol_ink(text, rows.stop - rows.start)
        ink[rows, columns] = cv2.resize(symbol_px, (columns.stop - columns.start, rows.stop - rows.start))
    for square in page.kind.squares:
        ink[cells(square.box, dpi)] = 255
    line = max(1, px(0.25, dpi))
    for x, y, width, height in page.kind.fields:
        corner, other = (px(x, dpi), px(y, dpi)), (px(x + width, dpi), px(y + height, dpi))
        cv2.rectangle(ink, corner, other, 255, line)
    top, bottom = (50, 82) if page.kind.squares else (50, 142)
    draw_lines(ink, dpi, page.kit + str(page.number), top, bottom)
    return ink


def draw_lines(ink: Gray, dpi: int, seed: str, top: int, bottom: int) -> None:
    """Printed lines of text, each of its own words, in mm from the top."""
    words = ["reading", "Task", "answer", "of", "1987", "the", "write", "in", "cells", "number", "a", "sheet,", "only"]
    draw = np.random.default_rng(sum(map(ord, seed)))
    for y in range(top, bottom, 7):
        text = " ".join(draw.choice(words, 11))
        at = (px(25, dpi), px(y, dpi))
        cv2.putText(ink, text, at, cv2.FONT_HERSHEY_DUPLEX, dpi / 300 * 1.25, 255, max(1, px(0.25, dpi)), cv2.LINE_AA)
