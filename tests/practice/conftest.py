"""One small PDF of kits for the whole folder."""

from pathlib import Path

import pytest

from recognition.form import practice_form
from recognition.simulator import ScannedPage, ScanSettings, scan_pages
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts

KITS, PAGES = 2, 3


def scanned(pdf: bytes, **settings: object) -> list[ScannedPage]:
    """The scans at 150 dpi: quick, and enough for all that is asserted."""
    return list(scan_pages(pdf, ScanSettings(**({"dpi": 150, "form": practice_form(PAGES)} | settings))))


@pytest.fixture(scope="session")
def kits_pdf() -> bytes:
    return MakeKits(load_texts("ru"))(KitOrder(kits=KITS, pages=PAGES, event="DEMO26", seed=7))


@pytest.fixture(scope="session")
def clean(kits_pdf: bytes) -> list[ScannedPage]:
    return scanned(kits_pdf, seed=1)


@pytest.fixture(scope="session")
def kits_file(kits_pdf: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kits") / "kits.pdf"
    path.write_bytes(kits_pdf)
    return path
