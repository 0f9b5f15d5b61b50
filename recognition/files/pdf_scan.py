"""Takes the scan out of a PDF page that is nothing but one picture, whole or in strips.

Drawing such a page costs five times as much as decoding the picture in it, and blurs it. The picture is taken only
where it shows all that the page shows: no other visible object, filling most of the page, not masked, not recoloured.
Everything else is left to be drawn (ISO 32000-1, 8.9).
"""

import math

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from recognition.files.pdf_layers import Layer, Rect, layers_of
from recognition.files.pdf_picture import picture_source
from recognition.files.pdf_streams import PdfStreams
from recognition.files.raster import JpegSource, Raster, Source, StripSource, check_size
from recognition.files.turn import AS_STORED, Turn, matrix_turn
from recognition.limits import Limits

_OUTSIDE = 0.1
"""How far a picture may reach over the page's edge, as a part of the page's side: a scan of A4 on a Letter page loses
3 % at each end. A page that shows only one half of a larger scan is cut on purpose and is drawn."""
_LEAST_COVER = 0.6
"""Part of the page's area that its only picture fills at least: fitted into another size of paper it leaves margins."""
_OVERLAID = 1.3
"""Times the page's area from which on pictures lie over one another, as the layers of a compressed scan do."""
_SEAM_PX = 0.5
"""Strips that meet within half a px were one picture."""
_WORTH_A_LOOK = 0.02
"""Part of the page from which on a picture may hold a symbol or a field."""
_COARSEST = 8
_POINTS_PER_INCH = 72


def extract_scan(streams: PdfStreams, page: pdfium.PdfPage, limits: Limits) -> Raster | None:
    """The page's one picture turned as the page shows it, or None where the page must be drawn.

    Raises FileRefusedError: too_many_pixels.
    """
    layers = layers_of(page, limits)
    if layers is None:
        return None
    strips = sorted(layers, key=lambda layer: -layer.bounds[3])
    turn = _turn(strips)
    if turn is None or not _covers(page, _around(strips)):
        return None
    sizes = [layer.image.get_px_size() for layer in strips]
    for across, down in sizes:
        check_size(across, down, limits)
    if not _meet(strips, sizes):
        return None
    width, height = sizes[0][0], sum(height for _, height in sizes)
    check_size(width, height, limits)
    sources = [picture_source(streams, layer.image) for layer in strips]
    whole = [(source, rows) for source, (_, rows) in zip(sources, sizes, strict=True) if source is not None]
    if len(whole) < len(strips):
        return None
    source: Source = whole[0][0] if len(whole) == 1 else StripSource(whole)
    return _laid(page, source, (width, height), strips, turn)


def _laid(page: pdfium.PdfPage, source: Source, size: tuple[int, int], strips: list[Layer], turn: Turn) -> Raster:
    width, height = size
    a, b, c, d, _, _ = strips[0].matrix
    tall = math.hypot(c, d) if len(strips) == 1 else _around(strips)[3] - _around(strips)[1]
    dpi = width / math.hypot(a, b) * _POINTS_PER_INCH, height / tall * _POINTS_PER_INCH
    turn = turn.then(page.get_rotation() // 90)
    if turn.swaps_sides:
        width, height, dpi = height, width, (dpi[1], dpi[0])
    return Raster(width, height, source, dpi, turn, fitted=True)


def _turn(strips: list[Layer]) -> Turn | None:
    """How the picture lies; strips are put together only where they lie upright, as all who cut them write them."""
    if any(not (any(layer.matrix[:2]) and any(layer.matrix[2:4])) for layer in strips):
        return None
    turns = {matrix_turn(*layer.matrix[:4]) for layer in strips}
    one = turns.pop()
    return one if not turns and (len(strips) == 1 or one == AS_STORED) else None


def _meet(strips: list[Layer], sizes: list[tuple[int, int]]) -> bool:
    """Whether the strips, from the top down, have one width and lie edge to edge."""
    left, _, right, _ = strips[0].bounds
    for (above, (width, rows)), (below, (other, _)) in zip(
        zip(strips, sizes, strict=True), zip(strips[1:], sizes[1:], strict=True), strict=False
    ):
        pitch = max((right - left) / width, (above.bounds[3] - above.bounds[1]) / rows) * _SEAM_PX
        edges = abs(below.bounds[0] - left), abs(below.bounds[2] - right), abs(below.bounds[3] - above.bounds[1])
        if width != other or max(edges) > pitch:
            return False
    return True


def _around(layers: list[Layer]) -> Rect:
    boxes = [layer.bounds for layer in layers]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _covers(page: pdfium.PdfPage, bounds: Rect) -> bool:
    left, bottom, right, top = page.get_cropbox(fallback_ok=True)
    width, height = right - left, top - bottom
    x0, y0, x1, y1 = bounds
    beyond_x, beyond_y = max(left - x0, x1 - right), max(bottom - y0, y1 - top)
    covered = max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    return bool(
        beyond_x <= _OUTSIDE * width and beyond_y <= _OUTSIDE * height and covered >= _LEAST_COVER * width * height
    )


def check_jpegs(page: pdfium.PdfPage, limits: Limits) -> None:
    """Looks whether each JPEG that fills a part of the page is all there: pdfium draws what is lost in grey.

    Raises FileRefusedError: truncated, unsupported_coding or too_many_pixels.
    """
    if pdfium_c.FPDFPage_CountObjects(page) > limits.page_objects:
        return
    width, height = page.get_size()
    for image in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=2):
        a, b, c, d, _, _ = image.get_matrix().get()
        if image.get_filters() == ["DCTDecode"] and abs(a * d - b * c) > _WORTH_A_LOOK * width * height:
            across, down = image.get_px_size()
            check_size(across, down, limits)
            JpegSource(bytes(image.get_data())).gray(_COARSEST)


def detail_dpi(page: pdfium.PdfPage, limits: Limits) -> float | None:
    """The resolution of the pictures that together fill most of a page; None where they do not.

    Their mean where they lie side by side, the finest where they lie over one another.
    """
    if pdfium_c.FPDFPage_CountObjects(page) > limits.page_objects:
        return None
    width, height = page.get_size()
    covered, pixels, finest = 0.0, 0, 0.0
    for image in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=2):
        a, b, c, d, _, _ = image.get_matrix().get()
        area, px = abs(a * d - b * c), math.prod(image.get_px_size())
        covered += area
        pixels += px
        if area >= _LEAST_COVER * width * height > 0:
            finest = max(finest, px / area)
    if not covered >= _LEAST_COVER * width * height > 0:
        return None
    overlaid = covered >= _OVERLAID * width * height and finest > 0
    return math.sqrt(finest if overlaid else pixels / covered) * _POINTS_PER_INCH
