"""The pictures of a PDF page with their places, where they are all that the page shows (ISO 32000-1, 8.9 and 8.10)."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from recognition.limits import Limits

Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""

_INVISIBLE = 3
"""Text rendering mode of the layer that text recognition puts under a scan (ISO 32000-1, 9.3.6)."""
_MOST_PICTURES = 300
_MOST_SEGMENTS = 6
"""Of a clipping path that is a plain rectangle."""
_OPTIONAL = "OC"
"""Marked content that a viewer may leave out (ISO 32000-1, 8.11.3.2)."""
_SLACK_PT = 1.0
"""A clip this much inside the picture's edge takes nothing that anybody looks for."""
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Layer:
    """One picture and the matrix that lays its unit square on the page."""

    image: pdfium.PdfImage
    matrix: Matrix

    @property
    def bounds(self) -> Rect:
        """The upright box around the picture."""
        a, b, c, d, e, f = self.matrix
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        return min(xs), min(ys), max(xs), max(ys)


def layers_of(page: pdfium.PdfPage, limits: Limits) -> list[Layer] | None:
    """Every picture in the order it is painted; None where the page shows anything else, or shows a picture in part."""
    if pdfium_c.FPDFPage_GetAnnotCount(page) or pdfium_c.FPDFPage_CountObjects(page) > limits.page_objects:
        return None
    found: list[Layer] = []
    for item, outer in _walked(page):
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            found.append(Layer(item, _times(item.get_matrix().get(), outer)))
        elif not _is_invisible_text(item):
            return None
        if len(found) > _MOST_PICTURES:
            return None
    seen = page.get_cropbox(fallback_ok=True)
    whole = all(_shows_plainly(layer.image, layer.bounds, seen) for layer in found)
    return found if found and whole else None


def _walked(page: pdfium.PdfPage) -> Iterator[tuple[pdfium.PdfObject, Matrix]]:
    """The objects of a page, those of a form that wraps a scan in place of the form."""
    for item in page.get_objects(max_depth=1):
        if item.type != pdfium_c.FPDF_PAGEOBJ_FORM or pdfium_c.FPDFPageObj_HasTransparency(item):
            yield item, _IDENTITY
            continue
        outer = item.get_matrix().get()
        for inner in page.get_objects(max_depth=1, form=item, level=1):
            yield inner, outer


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _is_invisible_text(item: pdfium.PdfObject) -> bool:
    return bool(item.type == pdfium_c.FPDF_PAGEOBJ_TEXT and pdfium_c.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE)


def _shows_plainly(image: pdfium.PdfImage, bounds: Rect, page: Rect) -> bool:
    """Not see-through, not of a layer that may be switched off, and not clipped within the page."""
    if pdfium_c.FPDFPageObj_HasTransparency(image) or _is_optional(image):
        return False
    clip = pdfium_c.FPDFPageObj_GetClipPath(image)
    paths = pdfium_c.FPDFClipPath_CountPaths(clip) if clip else 0
    if paths <= 0:
        return True
    shown = (max(bounds[0], page[0]), max(bounds[1], page[1]), min(bounds[2], page[2]), min(bounds[3], page[3]))
    return paths <= _MOST_SEGMENTS and all(_holds(_rectangle(clip, number), shown) for number in range(paths))


def _is_optional(image: pdfium.PdfImage) -> bool:
    marks = range(pdfium_c.FPDFPageObj_CountMarks(image))
    return any(_mark(pdfium_c.FPDFPageObj_GetMark(image, number)) == _OPTIONAL for number in marks)


def _mark(mark: object) -> str:
    """The tag of marked content; longer ones than the few letters of interest come out empty."""
    buffer, length = ctypes.create_string_buffer(32), ctypes.c_ulong()
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium_c.FPDFPageObjMark_GetName(mark, units, len(buffer), length)
    return buffer.raw[: max(0, min(length.value, len(buffer)) - 2)].decode("utf-16-le", "replace")


def _holds(clip: Rect | None, shown: Rect) -> bool:
    return clip is not None and (
        clip[0] <= shown[0] + _SLACK_PT
        and clip[1] <= shown[1] + _SLACK_PT
        and clip[2] >= shown[2] - _SLACK_PT
        and clip[3] >= shown[3] - _SLACK_PT
    )


def _rectangle(clip: object, number: int) -> Rect | None:
    """The path as an upright rectangle, None where it is anything else."""
    count = pdfium_c.FPDFClipPath_CountPathSegments(clip, number)
    if not 4 <= count <= _MOST_SEGMENTS:
        return None
    points = [_point(pdfium_c.FPDFClipPath_GetPathSegment(clip, number, index)) for index in range(count)]
    xs, ys = {x for x, _ in points}, {y for _, y in points}
    upright = all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
    return (min(xs), min(ys), max(xs), max(ys)) if upright and len(xs) == len(ys) == 2 else None


def _point(segment: object) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
    return round(x.value, 2), round(y.value, 2)
