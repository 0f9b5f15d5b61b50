"""Harm to the QR symbols."""

from recognition.codes import PageProblem
from recognition.form import Form, Identity, PageKind, build_payload
from recognition.simulator.defects.base import Defect, Range
from recognition.simulator.defects.shapes import wavy
from recognition.simulator.defects.symbol_drawing import draw_symbol, erase, quiet_zone
from recognition.simulator.defects.symbol_flaws import FLAWS, flaw, wear
from recognition.simulator.defects.symbol_harm import HARM, corner_is_free, damage, stick_over, tear_corner
from recognition.simulator.sheet import Sheet

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
            torn = ("torn_off",) if corner_is_free(sheet, symbol.box) else ()
            how = sheet.pick(("unprinted", "covered", *torn))
            if how == "covered":
                stick_over(sheet, symbol.box, quiet_zone(symbol.box) * 0.8)
            elif how == "torn_off":
                tear_corner(sheet, symbol.box)
            sheet.confess(self.code, symbol.box, how=how, corner=symbol.corner)


class QrDamaged(Defect):
    """Every symbol of the page is there and none can be read: more than level H repairs is lost."""

    code = PageProblem.QR_DAMAGED
    ranges = (Range(35, 60, "%"),)

    def on_paper(self, sheet: Sheet) -> None:
        if sheet.kind is None:
            return
        for symbol in sheet.kind.symbols:
            how = sheet.pick(tuple(HARM))
            damage(sheet, symbol.box, how, self.ranges[0].draw(sheet) / 100)
            sheet.confess(self.code, symbol.box, how=how, corner=symbol.corner, unreadable=True)


class QrDefect(Defect):
    """A print defect in one symbol: toner that did not stick, a blob of it, a smear. The symbol is still read."""

    code = PageProblem.QR_DEFECT
    ranges = (Range(1.5, 5.0, "mm"),)

    def on_paper(self, sheet: Sheet) -> None:
        if sheet.kind is None:
            return
        symbol = sheet.kind.symbols[int(sheet.rng.integers(len(sheet.kind.symbols)))]
        how, size = sheet.pick(tuple(FLAWS)), self.ranges[0].draw(sheet)
        place = flaw(sheet, symbol.box, how, size)
        sheet.confess(self.code, place, how=how, corner=symbol.corner, size_mm=round(size, 1))


class QrWeak(Defect):
    """Toner sticks so badly that little of the error correction is left unused; the symbol is just still read."""

    code = PageProblem.QR_WEAK
    ranges = (Range(10, 35, "%"),)

    def on_paper(self, sheet: Sheet) -> None:
        if sheet.kind is None:
            return
        symbol = sheet.kind.symbols[int(sheet.rng.integers(len(sheet.kind.symbols)))]
        left = wear(sheet, symbol.box, self.ranges[0].draw(sheet) / 100)
        sheet.confess(self.code, symbol.box, corner=symbol.corner, unused_pct=round(left * 100))


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
