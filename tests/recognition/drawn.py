"""Pages drawn straight from a form, and quick ways to scan and to harm them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image

from recognition.files.raster import ArraySource, JpegSource, Raster
from recognition.form import Form, PageKind, SquarePlace, SymbolPlace, build_payload, practice_form

Gray = NDArray[np.uint8]
Box = tuple[float, float, float, float]
PAPER_DPI = 300
KIT = "1234567"
PRACTICE = practice_form(4)

OTHER = replace(
    PRACTICE,
    name="other",
    paper=(297.0, 210.0),
    kinds={
        "answer_sheet": PageKind(
            "answer_sheet",
            (SymbolPlace("top_left", (14.0, 12.0, 32.0, 32.0)),),
            (
                SquarePlace("top_right", (280.0, 9.0, 5.0, 5.0)),
                SquarePlace("bottom_left", (9.0, 196.0, 5.0, 5.0)),
                SquarePlace("bottom_right", (280.0, 196.0, 5.0, 5.0)),
            ),
        ),
        "task": PageKind("task", (SymbolPlace("bottom_right", (250.0, 165.0, 30.0, 30.0)),), ()),
    },
)
"""Landscape, one symbol a page, three small squares: nothing of the practice form."""


_DRAWN: dict[tuple[str, int, str, str | None], "Paper"] = {}


@dataclass
class Paper:
    """A printed sheet at PAPER_DPI."""

    form: Form
    gray: Gray

    def cells(self, box: Box, grow: float = 0.0) -> tuple[slice, slice]:
        x, y, width, height = (side * PAPER_DPI / 25.4 for side in box)
        by = grow * PAPER_DPI / 25.4
        return slice(int(y - by), int(y + height + by)), slice(int(x - by), int(x + width + by))

    def paint(self, box: Box, value: int, grow: float = 0.0) -> "Paper":
        harmed = self.gray.copy()
        harmed[self.cells(box, grow)] = value
        return Paper(self.form, harmed)

    def spoil(self, box: Box) -> "Paper":
        """A symbol of which too much is blotted out to be read."""
        x, y, width, height = box
        return self.paint((x + width * 0.2, y + height * 0.2, width * 0.62, height * 0.62), 0)


def printed(form: Form = PRACTICE, page: int = 1, *, event: str = "TEST", payload: str | None = None) -> Paper:
    """A page as the form says; drawn once, never changed: `paint` makes a copy."""
    key = form.name, page, event, payload
    if key not in _DRAWN:
        _DRAWN[key] = _printed(form, page, event, payload)
    return _DRAWN[key]


def _printed(form: Form, page: int, event: str, payload: str | None) -> Paper:
    """A page as the form says, with some lines as if of text."""
    width, height = (round(side * PAPER_DPI / 25.4) for side in form.paper)
    paper = Paper(form, np.full((height, width), 255, np.uint8))
    kind = form.kind_of(page)
    for number in range(12):
        middle = form.paper[1] / 3 + number * 7
        paper = paper.paint((form.paper[0] * 0.2, middle, form.paper[0] * (0.3 + number % 4 / 10), 0.4), 30)
    text = payload or build_payload(form, event=event, kit=KIT, page=page, pages=form.pages)
    for place in kind.symbols:
        rows, columns = paper.cells(place.box)
        modules = np.array([list(row) for row in segno.make(text, error="h", boost_error=False).matrix], np.uint8)
        drawn = cv2.resize(
            255 - modules * 255,
            (columns.stop - columns.start, rows.stop - rows.start),
            interpolation=cv2.INTER_NEAREST,
        )
        paper.gray[rows, columns] = drawn
    for square in kind.squares:
        paper = paper.paint(square.box, 0)
    return paper


def scanned(
    paper: Paper | Gray,
    dpi: int = 200,
    *,
    skew: float = 0.0,
    scale: float | tuple[float, float] = 1.0,
    shift: tuple[float, float] = (0.0, 0.0),
    rotation: int = 0,
    crop: tuple[float, float, float, float] = (0, 0, 0, 0),
    seed: int = 0,
) -> Gray:
    """A scan: turned, scaled about the middle, shifted in mm, cropped in mm (left, top, right, bottom), with noise."""
    gray = paper.gray if isinstance(paper, Paper) else paper
    step = dpi / PAPER_DPI
    height, width = gray.shape
    size = (round(width * step), round(height * step))
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), -skew, 1), (0, 0, 1)])
    x, y = scale if isinstance(scale, tuple) else (scale, scale)
    whole = np.diag((step * x, step * y, 1.0)) @ turn
    middle = whole @ np.array((width / 2, height / 2, 1))
    whole[:2, 2] += np.array(size) / 2 - middle[:2] + np.array(shift) * dpi / 25.4
    soft = cv2.GaussianBlur(gray, (0, 0), 0.35 / step)
    seen = cv2.warpAffine(soft, whole[:2], size, flags=cv2.INTER_LINEAR, borderValue=255).astype(np.float32)
    noise = np.random.default_rng(seed).normal(0, 2.5, seen.shape)
    out = np.clip(25 + seen * (220 / 255) + noise, 0, 255).astype(np.uint8)
    left, top, right, bottom = (round(side * dpi / 25.4) for side in crop)
    out = out[top : out.shape[0] - bottom, left : out.shape[1] - right]
    return np.ascontiguousarray(np.rot90(out, -rotation // 90))


def raster(gray: Gray, dpi: int | tuple[int, int] | None = 200) -> Raster:
    """The page as an open file would give it."""
    both = (dpi, dpi) if isinstance(dpi, int) else dpi
    return Raster(gray.shape[1], gray.shape[0], ArraySource(gray), both)


def jpeg(gray: Gray, dpi: int | None = 200, quality: int = 75, **how: object) -> bytes:
    stream = io.BytesIO()
    density = {"dpi": (dpi, dpi)} if dpi else {}
    Image.fromarray(gray).save(stream, "JPEG", quality=quality, **density, **how)
    return stream.getvalue()


def jpeg_raster(gray: Gray, dpi: int | None = 200) -> Raster:
    both = (float(dpi), float(dpi)) if dpi else None
    return Raster(gray.shape[1], gray.shape[0], JpegSource(jpeg(gray, dpi)), both)


def pdf(pages: Sequence[Gray], dpi: int = 200, **how: object) -> bytes:
    """A PDF of scans, each page one JPEG picture."""
    stream = io.BytesIO()
    images = [Image.fromarray(page) for page in pages]
    images[0].save(stream, "PDF", save_all=True, append_images=images[1:], resolution=dpi, **how)
    return stream.getvalue()
