"""Harm to the QR symbols."""

from typing import ClassVar

import cv2
import numpy as np

from recognition.codes import PageProblem
from recognition.form import Box, Form, Identity, PageKind, build_payload
from recognition.simulator.defects.base import Defect, Range
from recognition.simulator.defects.shapes import blotch, scribble, wavy
from recognition.simulator.defects.symbol_drawing import draw_symbol, erase, quiet_zone, readable
from recognition.simulator.scanner import LID
from recognition.simulator.sheet import PAPER, Sheet

_EVENT_LETTERS = "ABCDEFGHKLMNPRSTUVXYZ0123456789"


class QrMissing(Defect):
    """All symbols of the page are gone: not printed, stuck over with paper, or torn off with their corner."""

    code = PageProblem.QR_MISSING

    def on_print(self, sheet: Sheet) -> None:
        if sheet.kind is None:
            return
        for symbol in sheet.kind.symbols:
            erase(sheet, symbol.box, 255)

    def on_paper(self, sheet: Sheet) -> None:
        if sheet.kind is None:
            return
        for symbol in sheet.kind.symbols:
            how = sheet.pick(
                ("unprinted", "covered", "torn_off") if _corner_is_free(sheet, symbol.box) else ("unprinted", "covered")
            )
            if how == "covered":
                _stick_over(sheet, symbol.box)
            elif how == "torn_off":
                _tear_corner(sheet, symbol.box)
            sheet.confess(self.code, symbol.box, how=how, corner=symbol.corner)


class QrDamaged(Defect):
    """Every symbol of the page is there and none can be read: more than level H repairs is lost."""

    code = PageProblem.QR_DAMAGED
    ranges = (Range(35, 60, "%"),)
    _hows: ClassVar[tuple[str, ...]] = ("scribble", "stain", "toner_loss", "smear", "torn")

    def on_paper(self, sheet: Sheet) -> None:
        if sheet.kind is None:
            return
        for symbol in sheet.kind.symbols:
            how = sheet.pick(self._hows)
            _damage(sheet, symbol.box, how, self.ranges[0].draw(sheet) / 100)
            sheet.confess(self.code, symbol.box, how=how, corner=symbol.corner, unreadable=True)


class QrDefect(QrDamaged):
    """One of the page's symbols cannot be read; the other still names the page."""

    code = PageProblem.QR_DEFECT

    def fits(self, kind: PageKind | None, identity: Identity | None) -> bool:
        return kind is not None and identity is not None and len(kind.symbols) > 1

    def on_paper(self, sheet: Sheet) -> None:
        if sheet.kind is None:
            return
        symbol = sheet.kind.symbols[int(sheet.rng.integers(len(sheet.kind.symbols)))]
        how = sheet.pick(self._hows)
        _damage(sheet, symbol.box, how, self.ranges[0].draw(sheet) / 100)
        sheet.confess(self.code, symbol.box, how=how, corner=symbol.corner, unreadable=False)


class QrForeign(Defect):
    """Another code stands where ours were: an address, a serial number, or our own shape with a wrong check code."""

    code = PageProblem.QR_FOREIGN

    def on_print(self, sheet: Sheet) -> None:
        if sheet.kind is None:
            return
        text = self._text(sheet)
        alone = sheet.rng.uniform() < 0.5
        for index, symbol in enumerate(sheet.kind.symbols):
            erase(sheet, symbol.box, 255)
            if index == 0 or not alone:
                draw_symbol(sheet, symbol.box, text)
                sheet.confess(self.code, symbol.box, corner=symbol.corner, text=text)

    def _text(self, sheet: Sheet) -> str:
        number = int(sheet.rng.integers(10**9, 10**10))
        kind = sheet.pick(("address", "serial", "wrong_check"))
        if kind == "wrong_check" and sheet.identity is not None and sheet.form.payload.check:
            ours = _payload(sheet.form, sheet.identity, sheet.identity.event or "")
            return ours[:-1] + ("0" if ours[-1] != "0" else "1")
        return f"HTTPS://EXAMPLE.ORG/{number}" if kind == "address" else str(number)


class OtherEvent(Defect):
    """A kit of another event among ours."""

    code = PageProblem.OTHER_EVENT

    def fits(self, kind: PageKind | None, identity: Identity | None) -> bool:
        return kind is not None and identity is not None and identity.event is not None

    def on_print(self, sheet: Sheet) -> None:
        if sheet.kind is None or sheet.identity is None or sheet.identity.event is None:
            return
        event = self._event(sheet, sheet.identity.event)
        payload = _payload(sheet.form, sheet.identity, event)
        for symbol in sheet.kind.symbols:
            erase(sheet, symbol.box, 255)
            draw_symbol(sheet, symbol.box, payload)
            sheet.confess(self.code, symbol.box, corner=symbol.corner, event=event)

    def _event(self, sheet: Sheet, ours: str) -> str:
        drawn = ours
        while drawn == ours:
            drawn = "".join(_EVENT_LETTERS[i] for i in sheet.rng.integers(len(_EVENT_LETTERS), size=len(ours)))
        return drawn


class MarkOverSymbol(Defect):
    """Pen strokes run over a symbol; whether it still reads is not promised."""

    code = PageProblem.MARK_OVER_SYMBOL
    ranges = (Range(1, 4, ""),)

    def on_paper(self, sheet: Sheet) -> None:
        if sheet.kind is None:
            return
        symbol = sheet.kind.symbols[int(sheet.rng.integers(len(sheet.kind.symbols)))]
        strokes = round(self.ranges[0].draw(sheet))
        x, y, width, height = symbol.box
        for _ in range(strokes):
            start = (x - 3, y + height * sheet.uniform(0.1, 0.9))
            end = (x + width + 3, y + height * sheet.uniform(0.1, 0.9))
            sheet.strokes([wavy(start, end, 1.0, sheet.rng)], sheet.uniform(0.4, 0.8), 45)
        sheet.confess(self.code, symbol.box, corner=symbol.corner, strokes=strokes)


def _payload(form: Form, identity: Identity, event: str) -> str:
    pages = identity.pages or form.pages
    return build_payload(form, event=event, kit=identity.kit, page=identity.page, pages=pages)


def _corner_is_free(sheet: Sheet, box: Box) -> bool:
    """Whether the symbol's corner can be torn off without a square going with it."""
    if sheet.kind is None:
        return False
    middle = sheet.form.paper[0] / 2, sheet.form.paper[1] / 2
    side = box[0] + box[2] / 2 < middle[0], box[1] + box[3] / 2 < middle[1]
    return not any(
        (square.box[0] < middle[0], square.box[1] < middle[1]) == side and "middle" not in square.name
        for square in sheet.kind.squares
    )


def _tear_corner(sheet: Sheet, box: Box) -> None:
    """The paper is gone along a ragged slanting line behind the symbol; the lid is seen."""
    width, height = sheet.form.paper
    at_left, at_top = box[0] + box[2] / 2 < width / 2, box[1] + box[3] / 2 < height / 2
    corner = (0.0 if at_left else width, 0.0 if at_top else height)
    depth_x = (box[0] + box[2] if at_left else width - box[0]) + (box[1] + box[3] if at_top else height - box[1]) + 4
    along, down = (1 if at_left else -1), (1 if at_top else -1)
    start = (corner[0] + along * depth_x, corner[1] - down * 2)
    end = (corner[0] - along * 2, corner[1] + down * depth_x)
    edge = [(float(px), float(py)) for px, py in wavy(start, end, 0.8, sheet.rng)]
    sheet.fill([*edge, (corner[0] - along * 2, corner[1] - down * 2)], LID)


def _stick_over(sheet: Sheet, box: Box) -> None:
    """A piece of white paper, a little darker or lighter than the sheet, with a thin shadow at its edge."""
    margin = quiet_zone(box) * 0.8
    x, y, width, height = box
    corners = [
        (px + sheet.uniform(-0.6, 0.6), py + sheet.uniform(-0.6, 0.6))
        for px, py in (
            (x - margin, y - margin),
            (x + width + margin, y - margin),
            (x + width + margin, y + height + margin),
            (x - margin, y + height + margin),
        )
    ]
    sheet.fill([(px + 0.25, py + 0.25) for px, py in corners], 214)
    sheet.fill(corners, int(sheet.uniform(PAPER - 8, PAPER + 4)))


def _damage(sheet: Sheet, box: Box, how: str, share: float) -> None:
    """Harms the symbol and goes on until it really cannot be read."""
    for _ in range(12):
        _HARM[how](sheet, box, share)
        if not readable(sheet, box):
            return
        share = min(share + 0.06, 0.85)
    _stain(sheet, box, 0.8)


def _scribble(sheet: Sheet, box: Box, share: float) -> None:
    width = sheet.uniform(0.7, 1.2)
    turns = max(8, round(share * 1.3 * box[2] / width))
    sheet.strokes([scribble(box, turns, sheet.rng)], width, 44)


def _stain(sheet: Sheet, box: Box, share: float) -> None:
    part = sheet.view(box)
    part[blotch(part.shape, share, sheet.rng)] = int(sheet.uniform(30, 60))


def _toner_loss(sheet: Sheet, box: Box, share: float) -> None:
    part = sheet.view(box)
    part[blotch(part.shape, share, sheet.rng, grain=9)] = PAPER - 2


def _smear(sheet: Sheet, box: Box, share: float) -> None:
    """Wet toner drawn along the feed."""
    part = sheet.view(box)
    length = max(3, round(share * 8 * sheet.px_per_mm))
    kernel = np.full((length, max(1, length // 6)), 1.0, np.float32)
    part[...] = cv2.filter2D(part, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)


def _torn(sheet: Sheet, box: Box, share: float) -> None:
    """A piece of the sheet is gone with a slanting half of the symbol, away from the paper's edge or to it."""
    x, y, width, height = box
    reach = 2 * share * width
    start, end = (x + reach, y - 3.0), (x + reach - width * 0.5, y + height + 3.0)
    edge = [(float(px), float(py)) for px, py in wavy(start, end, 0.6, sheet.rng)]
    sheet.fill([*edge, (x - 2, y + height + 3.0), (x - 2, y - 3.0)], LID)


_HARM = {"scribble": _scribble, "stain": _stain, "toner_loss": _toner_loss, "smear": _smear, "torn": _torn}
