"""What is no fault of a sheet: holes, staples, markers, dog ears, the back shining through, folds of the post."""

import cv2
import numpy as np

from recognition.form import Box
from tests.recognition.corpora.pages import Page
from tests.recognition.corpora.sheet import Colour, Sheet, clear_of, texture

MARKERS: list[Colour] = [
    (0.35, 0.97, 0.99),
    (0.45, 0.95, 0.55),
    (0.75, 0.6, 0.98),
    (0.35, 0.75, 0.99),
    (0.95, 0.85, 0.5),
]
"""Yellow, green, pink, orange, blue."""


def lid_colour(sheet: Sheet) -> Colour:
    return sheet.lid, sheet.lid, sheet.lid


def punch_holes(sheet: Sheet, rng: np.random.Generator) -> None:
    """Two holes of 6 mm, 80 mm apart, 12 mm from an edge (ISO 838)."""
    width, height = sheet.size_mm
    deep, along = rng.normal(12, 1), rng.normal(0, 2)
    left = [(deep, height / 2 + along - 40), (deep, height / 2 + along + 40)]
    top = [(width / 2 + along - 40, deep), (width / 2 + along + 40, deep)]
    places = left if rng.random() < 0.75 else top
    boxes = [(x - 3.5, y - 3.5, 7.0, 7.0) for x, y in places]
    if all(clear_of(sheet.page.marks, box, 2) for box in boxes):
        for box in boxes:
            hole(sheet, box)


def hole(sheet: Sheet, box: Box) -> None:
    cover = sheet.blank(box)
    middle = cover.shape[1] // 2, cover.shape[0] // 2
    cv2.circle(cover, middle, sheet.px(3), 255, -1, cv2.LINE_AA)
    rim = np.zeros_like(cover)
    cv2.ellipse(rim, middle, (sheet.px(3), sheet.px(3)), 0, 200, 340, 140, max(1, sheet.px(0.25)), cv2.LINE_AA)
    sheet.lay(box, cover, lid_colour(sheet))
    sheet.stain(box, rim, (0.45, 0.45, 0.45))


def staple(sheet: Sheet, rng: np.random.Generator) -> None:
    """A wire of 12 × 0.6 mm, bright with a dark side, or the two holes it left."""
    for _ in range(20):
        box = (rng.uniform(3, 60), rng.uniform(2, 20), 14.0, 14.0)
        if clear_of(sheet.page.marks, box, 2):
            break
    else:
        return
    angle = rng.choice([0.0, 0.8, -0.8]) + rng.normal(0, 0.1)
    reach = np.array([np.cos(angle), np.sin(angle)]) * 5.5
    middle = np.array([7.0, 7.0])
    ends = [tuple(int(v) for v in (middle + side * reach) * sheet.dpi / 25.4) for side in (-1, 1)]
    cover = sheet.blank(box)
    if rng.random() < 0.6:
        cv2.line(cover, ends[0], ends[1], 200, max(1, sheet.px(0.6)), cv2.LINE_AA)
        sheet.lay(box, cover, (0.55, 0.55, 0.55))
        cv2.line(cover, ends[0], ends[1], 0, max(1, sheet.px(0.25)), cv2.LINE_AA)
    else:
        for end in ends:
            cv2.circle(cover, end, max(1, sheet.px(0.4)), 255, -1, cv2.LINE_AA)
    sheet.stain(box, cover, (0.3, 0.3, 0.3))


def marker(sheet: Sheet, rng: np.random.Generator) -> None:
    """A highlighter's bar over text; never over a symbol or a square."""
    colour = MARKERS[rng.integers(len(MARKERS))]
    for _ in range(rng.integers(1, 4)):
        box = (rng.uniform(20, 120), rng.uniform(40, 250), rng.uniform(20, 70), rng.uniform(3.5, 6))
        if clear_of(sheet.page.marks, box, 2):
            cover = sheet.blank(box)
            cover[:] = 235
            edge = np.clip(texture(rng, cover.shape, 8) * 12, -20, 20)
            sheet.stain(box, np.clip(cover + edge, 0, 255).astype(np.uint8), colour)


def dog_ear(sheet: Sheet, rng: np.random.Generator) -> None:
    """A corner bent over by a few millimetres: no nearer to a square than that."""
    fold_corner(
        sheet, rng, str(rng.choice(["top_left", "top_right", "bottom_left", "bottom_right"])), rng.uniform(2, 5.5)
    )


def fold_corner(sheet: Sheet, rng: np.random.Generator, corner: str, leg: float) -> None:
    """The corner lies folded onto the sheet: behind it the lid, on it the blank back, round it a thin shadow."""
    width, height = sheet.size_mm
    legs = leg * rng.uniform(0.85, 1.15), leg * rng.uniform(0.85, 1.15)
    a, b = np.array([legs[0], 0.0]), np.array([0.0, legs[1]])
    along = (b - a) / np.hypot(*legs)
    tip = 2 * (a + along * np.dot(-a, along))
    flip_x, flip_y = "right" in corner, "bottom" in corner
    points = [
        np.array([width - p[0] if flip_x else p[0], height - p[1] if flip_y else p[1]])
        for p in (np.zeros(2), a, b, tip)
    ]
    span = max(*legs) + 3
    box = (width - span if flip_x else 0.0, height - span if flip_y else 0.0, span, span)
    start = np.array(box[:2])
    outline = [((p - start) * sheet.dpi / 25.4).round().astype(np.int32) for p in points]
    paper = np.percentile(sheet.light[sheet.window(box)], 92) / 255
    outer, flap, shade = sheet.blank(box), sheet.blank(box), sheet.blank(box)
    cv2.fillPoly(outer, [np.array([outline[0], outline[1], outline[2]])], 255, cv2.LINE_AA)
    cv2.fillPoly(flap, [np.array([outline[3], outline[1], outline[2]])], 255, cv2.LINE_AA)
    cv2.polylines(shade, [np.array([outline[1], outline[3], outline[2]])], False, 255, max(2, sheet.px(0.8)))
    cv2.line(shade, tuple(outline[1]), tuple(outline[2]), 160, max(2, sheet.px(0.5)))
    sheet.lay(box, outer, lid_colour(sheet))
    sheet.stain(box, cv2.GaussianBlur(shade, (0, 0), sheet.px(0.35)), (0.5, 0.5, 0.5))
    sheet.lay(box, flap, (paper * 0.97, paper * 0.97, paper * 0.97))
    crease = np.zeros_like(shade)
    cv2.polylines(
        crease,
        [np.array([outline[1], outline[3], outline[2], outline[1]])],
        True,
        200,
        max(1, sheet.px(0.2)),
        cv2.LINE_AA,
    )
    strength = rng.uniform(0.45, 0.75)
    sheet.stain(box, cv2.GaussianBlur(crease, (0, 0), max(0.5, sheet.px(0.15))), (strength, strength, strength))


def shine_through(sheet: Sheet, back: Page, rng: np.random.Generator, share: float) -> None:
    """The print on the back, mirrored, soft, and paler: `share` of its blackness comes through."""
    ink = back.ink(sheet.dpi)[:, ::-1]
    move = np.float32([[1, 0, sheet.px(rng.normal(0, 1))], [0, 1, sheet.px(rng.normal(0, 1))]])
    half = cv2.resize(cv2.warpAffine(ink, move, ink.shape[::-1]), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(half, (0, 0), sheet.px(rng.uniform(0.12, 0.25)) / 2)
    pale = cv2.resize(soft, (sheet.light.shape[1], sheet.light.shape[0]))
    loss = cv2.LUT(pale, (255 - np.arange(256) * share).round().astype(np.uint8))
    if sheet.light.ndim == 3:
        loss = cv2.cvtColor(loss, cv2.COLOR_GRAY2BGR)
    sheet.light = cv2.multiply(sheet.light, loss, scale=1 / 255)


def post_fold(sheet: Sheet, rng: np.random.Generator) -> None:
    """A sheet that lay folded in an envelope: a faint light-and-dark line across it."""
    width, height = sheet.size_mm
    y = height * rng.choice([1 / 3, 1 / 2, 2 / 3]) + rng.normal(0, 3)
    box = (0.0, y, width, 1.2)
    if clear_of(sheet.page.marks, box, 1):
        cover = sheet.blank(box)
        cover[: cover.shape[0] // 2] = int(rng.uniform(10, 40))
        sheet.stain(box, cv2.GaussianBlur(cover, (0, 0), max(1, sheet.px(0.3))), (0.3, 0.3, 0.3))


def dust(sheet: Sheet, rng: np.random.Generator) -> None:
    """Grains and short hairs of less than 0.3 mm: every glass and every sheet has some."""
    for _ in range(rng.integers(3, 25)):
        box = (rng.uniform(1, 205), rng.uniform(1, 290), 3.0, 3.0)
        if not clear_of(sheet.page.marks, box, 0):
            continue
        cover = sheet.blank(box)
        cv2.circle(
            cover, (cover.shape[1] // 2, cover.shape[0] // 2), max(1, sheet.px(rng.uniform(0.05, 0.13))), 200, -1
        )
        sheet.stain(box, cover, (0.3, 0.3, 0.3))
