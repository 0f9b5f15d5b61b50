"""One page made ready to be compared: read once, kept small."""

from dataclasses import dataclass

from recognition.files.raster import Raster
from recognition.form import Form, PageKind
from recognition.pages.check import check_page
from recognition.picture.canvas import Canvas, canvas_for
from recognition.sheets.flat import Flat, flatten


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The flat page, its kind where it is known, and its upright picture to show."""

    flat: Flat
    kind: PageKind | None
    canvas: Canvas


def sheet_page(raster: Raster, form: Form) -> SheetPage:
    """Raises FileRefusedError where the pixels cannot be decoded."""
    report, findings = check_page(0, raster, form)
    return SheetPage(flatten(raster, findings, form), findings.kind, canvas_for(raster, report.rotation))
