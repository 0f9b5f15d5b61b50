"""The steps of one page, and whole pages of every format and resolution."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from benchmarks.recognition.cpu import Cost, cost
from benchmarks.recognition.scans import FORM, make_scan
from recognition.files.open_file import open_file
from recognition.files.raster import JpegSource
from recognition.geometry.frame import frame_of, work_copy
from recognition.pages.check import check_page
from recognition.simulator import FileFormat, Mode
from recognition.symbols.reading import read

FILES: tuple[tuple[str, int, Mode, FileFormat], ...] = (
    ("JPEG in PDF, grey", 150, Mode.GREY, FileFormat.PDF),
    ("JPEG in PDF, grey", 200, Mode.GREY, FileFormat.PDF),
    ("JPEG in PDF, grey", 300, Mode.GREY, FileFormat.PDF),
    ("JPEG in PDF, grey", 600, Mode.GREY, FileFormat.PDF),
    ("JPEG in PDF, colour", 300, Mode.COLOUR, FileFormat.PDF),
    ("bilevel in PDF", 300, Mode.BILEVEL, FileFormat.PDF),
    ("JPEG", 300, Mode.GREY, FileFormat.JPG),
    ("PNG", 300, Mode.GREY, FileFormat.PNG),
    ("TIFF, bilevel", 300, Mode.BILEVEL, FileFormat.TIFF),
    ("TIFF, grey", 300, Mode.GREY, FileFormat.TIFF),
)


def half_decode(scan: Path) -> Callable[[int], object]:
    """OpenCV's half-size decode of the very bytes in the PDF: what no reader of such a file can avoid."""
    file = open_file(scan)
    sources = [file.page(page).source for page in range(file.page_count)]
    raw = [np.frombuffer(source.data, np.uint8) for source in sources if isinstance(source, JpegSource)]
    return lambda page: cv2.imdecode(raw[page], cv2.IMREAD_REDUCED_GRAYSCALE_2)


def whole(scan: Path) -> Callable[[int], object]:
    """From the file's bytes to the report, every code on."""
    file = open_file(scan)
    return lambda page: check_page(page, file.page(page), FORM)


def stages(scan: Path, pages: int) -> dict[str, Cost]:
    """Steps of one page, each measured on its own."""
    file = open_file(scan)
    decoded = [file.page(page) for page in range(pages)]
    copies = [work_copy(raster, frame_of(raster, FORM.paper), FORM.paper) for raster in decoded]

    def decode(page: int) -> None:
        raster = file.page(page)
        work_copy(raster, frame_of(raster, FORM.paper), FORM.paper)

    return {
        "OpenCV's half-size decode of the same bytes": cost(half_decode(scan), pages),
        "take the scan out of the PDF": cost(file.page, pages),
        "take out and decode at half size": cost(decode, pages),
        "read all symbols of the page": cost(lambda page: read(copies[page].gray), pages),
        "all but decoding: symbols, squares, quality, verdict": cost(
            lambda page: check_page(page, decoded[page], FORM), pages
        ),
        "whole page": cost(whole(scan), pages),
    }


def formats(folder: Path, pages: int) -> list[tuple[str, int, Cost]]:
    """A whole page of each kind of file."""
    rows = []
    for name, dpi, mode, kind in FILES:
        made = folder / f"{name} {dpi}"
        scan = make_scan(made, pages, dpi=dpi, mode=mode, kind=kind)
        count = min(pages, open_file(scan).page_count)
        # Opened anew for each page: a file of one picture keeps what it has decoded.
        rows.append(
            (name, dpi, cost(lambda page, scan=scan: check_page(page, open_file(scan).page(page), FORM), count))
        )
    return rows
