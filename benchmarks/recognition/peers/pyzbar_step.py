"""pyzbar on pages drawn at 300 dpi by poppler, grey."""

import sys
from pathlib import Path

from measured import serve
from pdf2image import convert_from_path
from pyzbar.pyzbar import ZBarSymbol, decode


def read(pdf: Path) -> int:
    """Pages of which a symbol was read."""
    pages = convert_from_path(pdf, dpi=300, grayscale=True)
    return sum(bool(decode(page, symbols=[ZBarSymbol.QRCODE])) for page in pages)


serve(read, Path(sys.argv[1]))
