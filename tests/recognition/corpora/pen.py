"""Handwriting: letters as bent strokes, by pens of several kinds, in the cells of a page or along its lines."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.form import Box
from tests.recognition.corpora.pages import Gray
from tests.recognition.corpora.sheet import Colour, Sheet, clear_of, texture

Strokes = list[list[tuple[float, float]]]
LETTERS: list[Strokes] = [
    [[(0.5, 0), (0.15, 0.2), (0.1, 0.7), (0.5, 1), (0.85, 0.75), (0.9, 0.25), (0.5, 0)]],
    [[(0.25, 0.25), (0.6, 0), (0.55, 0.5), (0.5, 1)]],
    [[(0.15, 0.25), (0.45, 0), (0.8, 0.2), (0.6, 0.6), (0.1, 1), (0.9, 0.95)]],
    [[(0.15, 0.1), (0.6, 0), (0.75, 0.25), (0.4, 0.45), (0.85, 0.7), (0.5, 1), (0.1, 0.9)]],
    [[(0.3, 0), (0.15, 0.6), (0.85, 0.6)], [(0.7, 0.2), (0.65, 1)]],
    [[(0.85, 0), (0.25, 0.05), (0.2, 0.45), (0.7, 0.4), (0.8, 0.75), (0.45, 1), (0.1, 0.9)]],
    [[(0.75, 0.05), (0.3, 0.3), (0.15, 0.75), (0.5, 1), (0.8, 0.75), (0.5, 0.5), (0.2, 0.7)]],
    [[(0.1, 0), (0.9, 0.02), (0.5, 0.5), (0.35, 1)], [(0.3, 0.5), (0.75, 0.5)]],
    [[(0.5, 0.45), (0.2, 0.25), (0.5, 0), (0.8, 0.2), (0.5, 0.45), (0.15, 0.75), (0.5, 1), (0.85, 0.75), (0.5, 0.45)]],
    [[(0.05, 1), (0.5, 0), (0.95, 1)], [(0.2, 0.65), (0.8, 0.65)]],
    [[(0.15, 1), (0.15, 0), (0.7, 0.05), (0.8, 0.3), (0.2, 0.5), (0.85, 0.65), (0.75, 0.95), (0.15, 1)]],
    [[(0.15, 0), (0.15, 1)], [(0.85, 0), (0.85, 1)], [(0.15, 0.5), (0.85, 0.5)]],
    [[(0.15, 0), (0.2, 1), (0.85, 0), (0.85, 1)]],
    [[(0.85, 0.1), (0.3, 0.05), (0.1, 0.5), (0.35, 0.97), (0.9, 0.85)]],
    [[(0.05, 0.02), (0.95, 0)], [(0.5, 0), (0.5, 1)]],
    [[(0.1, 1), (0.15, 0), (0.5, 0.6), (0.85, 0), (0.9, 1)]],
]


@dataclass(frozen=True)
class Pen:
    """Width in mm; `cover` is how much of the paper its line hides, `grain` how broken a pencil's line is."""

    colour: Colour
    width: float
    cover: float
    grain: float = 0.0


def any_pen(rng: np.random.Generator) -> Pen:
    kind = rng.choice(["ball", "gel", "ink", "pencil", "liner"], p=[0.35, 0.35, 0.1, 0.1, 0.1])
    if kind == "ball":
        return Pen((0.55, 0.2, 0.15), rng.uniform(0.3, 0.5), rng.uniform(0.75, 0.95), 0.12)
    if kind == "ink":
        return Pen((0.5, 0.12, 0.12), rng.uniform(0.4, 0.7), 0.95)
    if kind == "pencil":
        return Pen((0.35, 0.35, 0.35), rng.uniform(0.35, 0.6), rng.uniform(0.5, 0.8), 0.35)
    if kind == "liner":
        return Pen((0.1, 0.1, 0.1), rng.uniform(0.6, 0.9), 1.0)
    return Pen((0.06, 0.06, 0.07), rng.uniform(0.35, 0.6), 1.0)


def bent(points: NDArray[np.float64], rng: np.random.Generator, shake: float) -> NDArray[np.float64]:
    """A line through the points as a hand would draw it: corners rounded, each point a little off (same unit)."""
    moved = points + rng.normal(0, shake, points.shape)
    for _ in range(3):  # Chaikin's corner cutting
        ends = np.stack([moved[:-1] * 0.75 + moved[1:] * 0.25, moved[:-1] * 0.25 + moved[1:] * 0.75], 1)
        moved = np.concatenate([moved[:1], ends.reshape(-1, 2), moved[-1:]])
    return moved


def draw(cover: Gray, line_px: NDArray[np.float64], width_px: float) -> None:
    points = np.round(line_px * 16).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(cover, [points], False, 255, max(1, round(width_px)), cv2.LINE_AA, 4)


def write_letter(sheet: Sheet, box: Box, pen: Pen, rng: np.random.Generator, slant: float) -> None:
    x, y, width, height = box
    room = (x - width, y - height * 0.5, width * 3, height * 2)
    cover = sheet.blank(room)
    if cover.size == 0:
        return
    scale = sheet.dpi / 25.4
    for stroke in LETTERS[rng.integers(len(LETTERS))]:
        line = bent(np.array(stroke), rng, 0.045)
        line = np.stack([width + (line[:, 0] + slant * (0.5 - line[:, 1])) * width, height * (0.5 + line[:, 1])], 1)
        draw(cover, line * scale, pen.width * scale * rng.uniform(0.85, 1.15))
    ink(sheet, room, cover, pen, rng)


def ink(sheet: Sheet, room: Box, cover: Gray, pen: Pen, rng: np.random.Generator) -> None:
    share = np.full(cover.shape, pen.cover, np.float32)
    if pen.grain:
        share = np.clip(share + texture(rng, cover.shape, 2.0) * pen.grain, 0, 1)
    sheet.stain(room, (cover * share).astype(np.uint8), pen.colour)


def fill_in(sheet: Sheet, rng: np.random.Generator, share: float, pen: Pen | None = None) -> None:
    """Writes into that share of the page's fields: letters into cells, words along lines."""
    pen = pen or any_pen(rng)
    slant = rng.normal(0.08, 0.12)
    for box in sheet.page.kind.fields:
        x, y, width, height = box
        if rng.random() > share:
            continue
        size = height * rng.uniform(0.55, 0.85)
        if width < 20:
            place = (x + width * 0.15 + rng.normal(0, 0.4), y + (height - size) / 2, width * 0.65, size)
            write_letter(sheet, place, pen, rng, slant)
            if rng.random() < 0.04:
                cross_out(sheet, place, pen, rng)
        else:
            write_line(sheet, (x + 2, y + height - size - 1, width * rng.uniform(0.3, 0.95), size), pen, rng, slant)


def cross_out(sheet: Sheet, box: Box, pen: Pen, rng: np.random.Generator) -> None:
    """A letter taken back: two or three strokes over it, into the next cell."""
    x, y, width, height = box
    room = (x - 2, y - 1, width + 4, height + 2)
    cover = sheet.blank(room)
    for _ in range(rng.integers(2, 4)):
        ends = np.array([[0.5, rng.uniform(0, height)], [width / 2, height / 2], [width + 3.5, rng.uniform(0, height)]])
        draw(cover, bent(ends, rng, 0.4) * sheet.dpi / 25.4, pen.width * sheet.dpi / 25.4)
    ink(sheet, room, cover, pen, rng)


def scribble(sheet: Sheet, rng: np.random.Generator) -> None:
    """A name, a date or a remark of the staff beside the fields, off symbols and squares."""
    for _ in range(20):
        size = rng.uniform(4, 8)
        box = (rng.uniform(20, 110), rng.uniform(4, 280), rng.uniform(20, 60), size)
        grown = (box[0] - 3, box[1] - size * 0.5, box[2] + 12, size * 2)
        if clear_of(sheet.page.marks, grown, 3):
            write_line(sheet, box, any_pen(rng), rng, rng.normal(0.15, 0.1))
            return


def write_line(sheet: Sheet, box: Box, pen: Pen, rng: np.random.Generator, slant: float) -> None:
    x, y, width, height = box
    at = x
    while at < x + width:
        step = height * rng.uniform(0.4, 0.65)
        if rng.random() > 0.17:
            write_letter(sheet, (at, y + rng.normal(0, 0.3), step, height * rng.uniform(0.6, 0.9)), pen, rng, slant)
        at += step * 1.15
