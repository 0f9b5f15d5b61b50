"""Plom's scan reader: every page of the PDF to a bitmap file, then the symbols in its corners (plom 0.22)."""

import sys
import tempfile
from pathlib import Path

from measured import serve
from plom.scan.qr_extract import QRextract_corners
from plom.scan.scansToImages import processFileToBitmaps


def read(pdf: Path) -> int:
    """Pages of which a symbol was read."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = processFileToBitmaps(pdf, Path(folder))
        return sum(bool(QRextract_corners(picture)) for picture in pictures)


serve(read, Path(sys.argv[1]))
