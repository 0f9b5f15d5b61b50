"""The barcode step of paperless-ngx as it is documented: pages drawn at 300 dpi by poppler, then all formats."""

import sys
from pathlib import Path

import zxingcpp
from measured import serve
from pdf2image import convert_from_path


def read(pdf: Path) -> int:
    """Pages of which a symbol was read."""
    return sum(bool(zxingcpp.read_barcodes(page)) for page in convert_from_path(pdf, dpi=300))


serve(read, Path(sys.argv[1]))
