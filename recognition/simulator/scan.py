"""Makes the scans: each page of the PDF is printed, filled by its participant, harmed as planned and scanned."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.simulator.defects import DEFECTS, Defect
from recognition.simulator.pen import write
from recognition.simulator.photo import photograph
from recognition.simulator.plan import PlannedScan, identify, plan
from recognition.simulator.printer import lay_toner, open_pdf, pitch, rasterise
from recognition.simulator.scanner import natural_pass, pass_over
from recognition.simulator.settings import Mode, ScanSettings
from recognition.simulator.sheet import Picture, Sheet

_LEAST_PRINT_DPI = 200
"""A print is never coarser than this, however few dots the scanner takes of it."""


@dataclass(slots=True)
class PageTruth:
    """What is really on a picture. `kit`, `page` and `kind` are None on a blank page.

    `rotation` and `skew_deg` count clockwise; scales are of the whole way from form to picture, in %;
    `mm_to_px` is the 3 × 3 map from the upright form in mm to the picture's pixel centres.
    """

    index: int
    source: int
    kit: str | None
    page: int | None
    pages: int | None
    event: str | None
    kind: str | None
    rotation: int
    skew_deg: float | None
    scale_x_pct: float | None
    scale_y_pct: float | None
    dpi: int | None
    mm_to_px: list[list[float]]
    defects: list[dict[str, Any]]
    file: str | None = None

    def to_json(self) -> dict[str, Any]:
        """One row of the truth file."""
        return asdict(self)


@dataclass(slots=True)
class ScannedPage:
    """A picture and its truth. `quality` is the JPEG quality the device would use, `camera` a telephone's own file."""

    picture: Picture
    truth: PageTruth
    quality: int
    bilevel: bool = False
    camera: bool = False


def scan_pages(pdf: bytes | Path, settings: ScanSettings | None = None) -> Iterator[ScannedPage]:
    """All pictures of a PDF of kits, in order. The same PDF and settings give the same pictures.

    Raises pypdfium2.PdfiumError where the bytes are no PDF.
    """
    settings = settings or ScanSettings()
    document = open_pdf(pdf.read_bytes() if isinstance(pdf, Path) else pdf)
    for planned in plan(identify(document, settings.form), settings):
        yield scan_page(document, planned, settings)


def scan_page(document: Any, planned: PlannedScan, settings: ScanSettings) -> ScannedPage:
    """One picture of the plan."""
    defect = DEFECTS[planned.defect] if planned.defect else Defect()
    sheet = _printed(document, planned, settings, defect)
    defect.on_scan(sheet)
    if sheet.scan.by_phone:
        picture, matrix, own_file = photograph(sheet)
        return _turned(sheet, planned, picture, matrix, camera=own_file)
    picture, matrix = pass_over(sheet, settings.mode)
    return _turned(sheet, planned, picture, matrix, bilevel=settings.mode is Mode.BILEVEL)


def _printed(document: Any, planned: PlannedScan, settings: ScanSettings, defect: Defect) -> Sheet:
    """The sheet as it leaves the participant's hands. Its toner and ink depend on the page, not on the scan."""
    px_per_mm = max(settings.dpi, _LEAST_PRINT_DPI) / 25.4
    seeds = [settings.seed, planned.index]
    identity = planned.identity
    sheet = Sheet(
        picture=rasterise(document[planned.source], px_per_mm),
        px_per_mm=px_per_mm,
        pitch=pitch(document[planned.source], px_per_mm),
        form=settings.form,
        kind=settings.form.kind_of(identity.page) if identity else None,
        identity=identity,
        scan=natural_pass(settings.form, settings.dpi, np.random.default_rng([*seeds, 1])),
        rng=np.random.default_rng([*seeds, 2]),
    )
    defect.on_print(sheet)
    sheet.picture = lay_toner(sheet.picture, px_per_mm, np.random.default_rng([planned.hand, planned.source, 3]))
    if settings.mode is Mode.COLOUR:
        sheet.picture = np.asarray(cv2.cvtColor(sheet.picture, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    if sheet.kind is not None and identity is not None and not settings.empty:
        write(sheet.picture, px_per_mm, sheet.kind, identity, planned.hand)
    defect.on_paper(sheet)
    return sheet


def _turned(
    sheet: Sheet,
    planned: PlannedScan,
    picture: Picture,
    matrix: NDArray[np.float64],
    *,
    bilevel: bool = False,
    camera: bool = False,
) -> ScannedPage:
    """The picture as it lies in the file, with its truth."""
    height, width = picture.shape[:2]
    turned = np.ascontiguousarray(np.rot90(picture, -planned.rotation // 90))
    truth = _truth(sheet, planned, _turn(planned.rotation, width, height) @ matrix)
    return ScannedPage(turned, truth, sheet.scan.quality, bilevel, camera)


def _turn(rotation: int, width: int, height: int) -> NDArray[np.float64]:
    """Pixel coordinates of a picture turned clockwise."""
    turns = {
        0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        90: [[0, -1, height - 1], [1, 0, 0], [0, 0, 1]],
        180: [[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1]],
        270: [[0, 1, 0], [-1, 0, width - 1], [0, 0, 1]],
    }
    return np.array(turns[rotation], dtype=np.float64)


def _truth(sheet: Sheet, planned: PlannedScan, matrix: NDArray[np.float64]) -> PageTruth:
    scan, identity = sheet.scan, sheet.identity
    measured = not scan.by_phone and identity is not None
    event = next((defect["detail"]["event"] for defect in sheet.defects if "event" in defect["detail"]), None)
    return PageTruth(
        index=planned.index,
        source=planned.source,
        kit=identity.kit if identity else None,
        page=identity.page if identity else None,
        pages=identity.pages if identity else None,
        event=event or (identity.event if identity else None),
        kind=sheet.kind.name if sheet.kind else None,
        rotation=planned.rotation,
        skew_deg=round(scan.skew_deg, 3) if measured else None,
        scale_x_pct=round(100 * scan.scale_x * scan.print_scale, 3) if measured else None,
        scale_y_pct=round(100 * scan.scale_y * scan.print_scale, 3) if measured else None,
        dpi=None if scan.by_phone else scan.dpi,
        mm_to_px=[[round(float(value), 8) for value in row] for row in matrix],
        defects=sheet.defects,
    )
