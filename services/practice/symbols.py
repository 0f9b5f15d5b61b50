"""QR symbols as vector drawings."""

import segno

VERSION = 3
"""29 modules: at 25 mm a module is 0.86 mm, the size from which blur and streaks stop costing reads."""

_MODULE_MM = 0.6
"""Seven px at 300 dpi: a scan of 150 dpi, blur and toner still leave a module of three."""


def symbol_svg(payload: str) -> str:
    """The symbol as SVG without its quiet zone, level H where the payload fits version 3, else the next version.

    All modules stand in one path: a renderer then leaves no hairlines between neighbours.
    """
    try:
        symbol = segno.make_qr(payload, error="h", mode="alphanumeric", boost_error=False, version=VERSION)
    except segno.DataOverflowError:
        symbol = segno.make_qr(payload, error="h", mode="alphanumeric", boost_error=False)
    return _svg(symbol)


def symbol_for(payload: str, side: float) -> str:
    """The symbol as SVG for a place of `side` mm: the best correction that leaves its modules large enough to scan."""
    symbols = [segno.make_qr(payload, error=level, boost_error=False) for level in "hqml"]
    return _svg(next((one for one in symbols if side / one.symbol_size(border=0)[0] >= _MODULE_MM), symbols[-1]))


def _svg(symbol: segno.QRCode) -> str:
    rows = [bytes(row) for row in symbol.matrix]
    drawn = "".join(_runs(y, row) for y, row in enumerate(rows))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}"><path d="{drawn}"/></svg>'


def _runs(y: int, row: bytes) -> str:
    """One rectangle for each run of dark modules in a row."""
    drawn, x = "", 0
    for run in row.replace(b"\x00", b" ").split(b" "):
        if run:
            drawn += f"M{x} {y}h{len(run)}v1h-{len(run)}z"
        x += len(run) + 1
    return drawn
