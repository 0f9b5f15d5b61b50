"""Scans to measure on: practice kits through the simulator."""

from collections.abc import Iterator
from pathlib import Path

from recognition.form import practice_form
from recognition.simulator import FileFormat, Mode, ScannedPage, ScanSettings, scan_pages, write_scans
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts

FORM = practice_form(4)


def make_scan(
    folder: Path, pages: int, *, dpi: int = 300, mode: Mode = Mode.GREY, kind: FileFormat = FileFormat.PDF
) -> Path:
    """One file of so many scanned pages."""
    folder.mkdir(parents=True, exist_ok=True)
    if not list(folder.iterdir()):
        for _ in write_scans(_scanned(pages, ScanSettings(dpi=dpi, mode=mode, form=FORM)), folder, kind):
            pass
    return min(folder.iterdir())


def _scanned(pages: int, settings: ScanSettings) -> Iterator[ScannedPage]:
    press = MakeKits(load_texts("ru"))
    kits = press(KitOrder(kits=-(-pages // FORM.pages), pages=FORM.pages, event="BENCH", seed=1))
    return (page for page, _ in zip(scan_pages(kits, settings), range(pages), strict=False))
