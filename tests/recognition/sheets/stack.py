"""A stack of kits, and scans of single pages of it, each written to a file of its own."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from recognition.codes import PageProblem
from recognition.form import Identity, practice_form
from recognition.sheets import Spot
from recognition.simulator import FileFormat, Mode, ScanSettings, encode
from recognition.simulator.pen import Hand
from recognition.simulator.plan import PlannedScan, identify
from recognition.simulator.printer import open_pdf
from recognition.simulator.scan import scan_page
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts

PAGES = 4
FORM = practice_form(PAGES)


@dataclass
class Stack:
    """`hand` is the paper and its ink, `seed` the pass of the scanner."""

    folder: Path

    @cached_property
    def document(self) -> Any:
        return open_pdf(MakeKits(load_texts("ru"))(KitOrder(kits=1, pages=PAGES, event="TEST", seed=1)))

    @cached_property
    def identities(self) -> list[Identity | None]:
        return identify(self.document, FORM)

    def filled(self, hand: int) -> int:
        """The task page that this hand fills."""
        kit = next(identity.kit for identity in self.identities if identity)
        return next(page for page in range(2, PAGES + 1) if Hand.of(kit, hand).fills_page(page, PAGES))

    def scan(
        self,
        page: int = 1,
        *,
        hand: int,
        seed: int = 1,
        dpi: int = 150,
        mode: str = "grey",
        rotation: int = 0,
        empty: bool = False,
        defect: str | None = None,
    ) -> Spot:
        file_format = FileFormat.PNG if mode == "bilevel" else FileFormat.JPG
        path = self.folder / f"{page}-{hand}-{seed}-{dpi}-{mode}-{rotation}-{empty}-{defect}.{file_format}"
        if path.exists():
            return Spot(path, 0)
        settings = ScanSettings(dpi=dpi, mode=Mode(mode), seed=seed, form=FORM, hand=hand, empty=empty)
        harm = PageProblem(defect) if defect else None
        identity = self.identities[page - 1]
        scanned = scan_page(self.document, PlannedScan(0, page - 1, identity, harm, rotation, hand), settings)
        path.write_bytes(encode(scanned, file_format).data)
        return Spot(path, 0)
