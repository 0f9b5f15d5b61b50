"""Draws a page with what was found in green and what is wrong in red."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

from recognition.codes import PageProblem, Severity
from recognition.files.raster import Raster
from recognition.form import Form
from recognition.geometry.placement import Box, Points, corners
from recognition.pages.findings import Findings
from recognition.picture.canvas import MARGIN_PX, Canvas, around, box_quad, canvas_for, grown, image_of
from recognition.picture.labels import Ink, label, place_beside, write
from recognition.report import PageReport, Problem
from recognition.squares.find import centre_of

MOST_BYTES = 300_000
GREEN = (18, 140, 62)
RED = (205, 0, 38)
_QUALITIES = (82, 72, 60, 48, 36)
_SMALLER = 0.8
_WHOLE_SHEET = 0.9
"""A place that takes up so much of the sheet speaks of the sheet, not of a spot on it."""
_ON_SHEET_OUTLINE = (PageProblem.SKEWED, PageProblem.PRINTED_SCALED)


@dataclass(frozen=True, slots=True)
class _Fault:
    """What gets a label: its text and, unless it speaks of the whole page, its box in the picture."""

    text: str
    box: Box | None


def annotate(raster: Raster, findings: Findings, report: PageReport, form: Form, labels: Mapping[str, str]) -> bytes:
    """An upright JPEG of at most MOST_BYTES. `labels`: problem code to the text drawn beside its place."""
    canvas = canvas_for(raster, report.rotation)
    found = _draw_found(canvas, findings)
    shown = [problem for problem in report.problems if problem.severity is not Severity.NOTE]
    faults = [_draw_fault(canvas, findings, form, problem, labels) for problem in shown]
    return encode(_labelled(canvas, faults, found))


def _draw_found(canvas: Canvas, findings: Findings) -> list[Box]:
    """Green lines around symbols and squares, outside of them; the boxes that labels should leave free."""
    quads = [place.symbol.quad for place in findings.symbols if place.symbol is not None]
    if findings.kind is not None:
        for place in findings.kind.squares:
            if place.name in findings.squares:
                off = findings.squares[place.name] - findings.placement.to_px(np.array([centre_of(place)]))[0]
                quads.append(findings.placement.to_px(corners(place.box)) + off)
    outlines = [grown(canvas.to_canvas(quad), 7.0) for quad in quads]
    for outline in outlines:
        canvas.outline(outline, GREEN, 4)
    return [around(outline) for outline in outlines]


def _draw_fault(canvas: Canvas, findings: Findings, form: Form, problem: Problem, labels: Mapping[str, str]) -> _Fault:
    text = labels.get(problem.code, "")
    if problem.code is PageProblem.PAGE_CUT and problem.place_px is not None:
        return _Fault(text, _draw_cut(canvas, problem.place_px))
    if problem.place_px is None or _is_whole(problem, form):
        if problem.code in _ON_SHEET_OUTLINE:
            sheet = findings.placement.to_px(corners((0.0, 0.0, *form.paper)))
            canvas.outline(canvas.to_canvas(sheet), RED, 5, dashed=True)
        return _Fault(text, None)
    outline = grown(canvas.to_canvas(_quad(findings, problem)), 9.0)
    canvas.outline(outline, RED, 6, dashed=problem.code in (PageProblem.QR_MISSING, PageProblem.FIDUCIALS_MISSING))
    return _Fault(text, around(outline))


def _quad(findings: Findings, problem: Problem) -> Points:
    if problem.place_mm is not None:
        return findings.placement.to_px(corners(problem.place_mm))
    return box_quad(problem.place_px or (0.0, 0.0, 0.0, 0.0))


def _is_whole(problem: Problem, form: Form) -> bool:
    if problem.place_mm is None:
        return False
    _, _, width, height = problem.place_mm
    return width * height >= _WHOLE_SHEET * form.paper[0] * form.paper[1]


def _draw_cut(canvas: Canvas, place_px: Box) -> Box:
    """A red band in the margin along the cut edge: nothing of it lies on the page."""
    x, y, width, height = around(canvas.to_canvas(box_quad(place_px)))
    left, top, page_width, page_height = canvas.page
    if height > width:
        at_left = x - left < left + page_width - x - width
        band = (
            (left - MARGIN_PX, y, MARGIN_PX - 6.0, height)
            if at_left
            else (left + page_width + 6, y, MARGIN_PX - 6.0, height)
        )
    else:
        at_top = y - top < top + page_height - y - height
        band = (
            (x, top - MARGIN_PX, width, MARGIN_PX - 6.0)
            if at_top
            else (x, top + page_height + 6, width, MARGIN_PX - 6.0)
        )
    canvas.fill(band, RED)
    return band


def _labelled(canvas: Canvas, faults: list[_Fault], found: list[Box]) -> Image.Image:
    """Labels of spots beside them, then those of the whole page in a strip on top of it."""
    image = image_of(canvas)
    boxes = [fault.box for fault in faults if fault.box is not None]
    taken = [*found, *boxes]
    ink = Ink(np.ascontiguousarray(canvas.rgb[:, :, 1]))
    for fault in faults:
        if fault.box is not None and fault.text:
            size = label(fault.text, image.width)
            spot = place_beside(size, fault.box, image.size, taken, ink)
            write(image, size, spot, RED)
            taken.append(spot)
    return _with_strip(image, list(dict.fromkeys(fault.text for fault in faults if fault.box is None and fault.text)))


def _with_strip(image: Image.Image, texts: list[str]) -> Image.Image:
    if not texts:
        return image
    plates = [label(text, image.width * 1.5) for text in texts]
    height = round(sum(plate.height + 8 for plate in plates)) + 8
    taller = Image.new("RGB", (image.width, image.height + height), RED)
    taller.paste(image, (0, height))
    y = 8.0
    for plate in plates:
        write(taller, plate, (MARGIN_PX - 10.0, y, plate.width, plate.height), RED, edge=False)
        y += plate.height + 8
    return taller


def encode(image: Image.Image) -> bytes:
    """The best JPEG that keeps to MOST_BYTES: first coarser, then smaller."""
    while True:
        for quality in _QUALITIES:
            stream = io.BytesIO()
            image.save(stream, "JPEG", quality=quality, optimize=True)
            if stream.tell() <= MOST_BYTES:
                return stream.getvalue()
        image = image.resize((max(1, round(image.width * _SMALLER)), max(1, round(image.height * _SMALLER))))
