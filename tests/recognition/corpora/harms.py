"""What goes wrong with print, paper and glass: to ink, sheet or picture, as strong as it is told to be."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.form import Box
from tests.recognition.corpora.pages import Gray, cells, px, symbol_ink
from tests.recognition.corpora.pen import Pen, bent, draw, ink
from tests.recognition.corpora.sheet import Sheet, blot, texture

Rng = np.random.Generator
TELLING_MM2 = 2.2
"""Three modules of a version 3 symbol of 25 mm."""


# --- to the ink, before it meets the paper ---


def unprinted(ink: Gray, dpi: int, box: Box) -> Gray:
    x, y, width, height = box
    ink[cells((x - 2, y - 2, width + 4, height + 4), dpi)] = 0
    return ink


def spot(ink: Gray, dpi: int, at: tuple[float, float], side: float, level: int, rng: Rng) -> Gray:
    """A void (level 0) or a drop of toner (255) `side` mm across, its middle at `at`."""
    mask = blot(rng, px(side, dpi))
    top, left = px(at[1] - side / 2, dpi), px(at[0] - side / 2, dpi)
    part = ink[max(0, top) : top + mask.shape[0], max(0, left) : left + mask.shape[1]]
    mask = mask[: part.shape[0], : part.shape[1]]
    part[:] = np.where(mask > 127, level, part)
    return ink


def telling_spot(ink: Gray, dpi: int, box: Box, side: float, level: int, rng: Rng) -> Gray:
    """A spot where it turns at least `TELLING_MM2` of the symbol over: a void on light modules is no defect.

    Off the finder patterns: there the harm to reading is another one.
    """
    for _ in range(60):
        at = box[0] + box[2] * rng.uniform(0.32, 0.9), box[1] + box[3] * rng.uniform(0.36, 0.64)
        harmed = spot(ink.copy(), dpi, at, side, level, rng)
        if cv2.absdiff(ink, harmed).sum() / 255 * (25.4 / dpi) ** 2 > TELLING_MM2:
            return harmed
    return harmed


def stripe(
    ink: Gray, dpi: int, x: float, width: float, level: float, rng: Rng, reach: tuple[float, float] = (0, 1)
) -> Gray:
    """A line down the sheet, its middle at `x` mm: level 0 takes toner away, 1 puts it on; its edges waver a little."""
    top, bottom = (int(part * ink.shape[0]) for part in reach)
    wide = max(3, px(width + 1, dpi))
    left = max(0, px(x, dpi) - wide // 2)
    columns = np.arange(wide, dtype=np.float32)[None, :]
    waver = texture(rng, (bottom - top, 1), 120)[:, :1] * 0.06 * dpi / 25.4
    inside = np.clip(px(width, dpi) / 2 + 0.5 - np.abs(columns - wide / 2 + waver), 0, 1)
    part = ink[top:bottom, left : left + wide]
    inside = inside[:, : part.shape[1]]
    part[:] = part * (1 - inside) + 255 * level * inside if level else part * (1 - inside)
    return ink


def scaled(ink: Gray, dpi: int, scale: float, anchor: tuple[float, float]) -> Gray:
    """The print smaller or larger about a point of the sheet (shares of width and height)."""
    height, width = ink.shape
    move = np.float32([[scale, 0, width * anchor[0] * (1 - scale)], [0, scale, height * anchor[1] * (1 - scale)]])
    return cv2.warpAffine(ink, move, (width, height), flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)


def on_paper_of(ink: Gray, dpi: int, size: tuple[float, float], scale: float, at: tuple[float, float]) -> Gray:
    """The same print on a sheet of another size, its top left corner `at` mm."""
    sheet = np.zeros((px(size[1], dpi), px(size[0], dpi)), np.uint8)
    move = np.float32([[scale, 0, px(at[0], dpi)], [0, scale, px(at[1], dpi)]])
    return cv2.warpAffine(ink, move, sheet.shape[::-1], flags=cv2.INTER_LINEAR)


def two_up(ink: Gray, dpi: int, other: Gray) -> Gray:
    """Two pages side by side on one sheet, turned as a printer turns them."""
    height, width = ink.shape
    small = [cv2.resize(page, (height // 2, width), interpolation=cv2.INTER_AREA) for page in (ink, other)]
    return np.ascontiguousarray(np.rot90(np.hstack(small)))


def dropped_out(ink: Gray, dpi: int, rng: Rng) -> Gray:
    """Small dots where no toner came off."""
    for _ in range(rng.integers(2000, 8000)):
        at = int(rng.integers(ink.shape[1])), int(rng.integers(ink.shape[0]))
        cv2.circle(ink, at, int(rng.integers(1, 4)), 0, -1)
    return ink


def other_symbol(ink: Gray, dpi: int, box: Box, text: str) -> Gray:
    rows, columns = cells(box, dpi)
    ink = unprinted(ink, dpi, box)
    ink[rows, columns] = cv2.resize(
        symbol_ink(text, rows.stop - rows.start), (columns.stop - columns.start, rows.stop - rows.start)
    )
    return ink


def patchy_loss(ink: Gray, dpi: int, box: Box, share: float, level: int, rng: Rng) -> Gray:
    """Toner not fused and rubbed off in patches (or smeared, level > 0) over `share` of the box."""
    part = ink[cells(box, dpi)]
    field = texture(rng, part.shape, part.shape[0] / 6)
    lost = field > np.quantile(field, 1 - share)
    part[:] = np.where(lost, level, part)
    return ink


def nearly_lost(ink: Gray, dpi: int, box: Box, share: float, rng: Rng, reads: Callable[[Gray], bool]) -> Gray:
    """Voids and drops of 0.9 to 1.4 mm until the symbol is `share` of the way to where no reader reads it any more.

    They lie off the three finder patterns, so that it is the error correction which they use up.
    """
    rows, columns = cells(box, dpi)
    margin = px(3, dpi)
    part = ink[rows.start - margin : rows.stop + margin, columns.start - margin : columns.stop + margin]
    places = [place for place in rng.uniform(0.03, 0.97, (200, 2)) if max(place) > 0.4 and not _in_a_corner(place)]
    spots = [
        ([int(margin + share_of * (part.shape[0] - 2 * margin)) for share_of in place], rng.uniform(0.45, 0.7))
        for place in places
    ]
    levels = rng.choice([0, 255], len(spots))
    spoiled, borne = part.copy(), 0
    while borne < len(spots) and reads(255 - spoiled):
        cv2.circle(spoiled, spots[borne][0], px(spots[borne][1], dpi), int(levels[borne]), -1)
        borne += 1
    for (at, radius), level in zip(spots[: max(1, int(borne * share))], levels, strict=False):
        cv2.circle(part, at, px(radius, dpi), int(level), -1)
    return ink


def _in_a_corner(place: NDArray[np.float64]) -> bool:
    across, down = place
    return bool((across > 0.6 and down < 0.4) or (across < 0.4 and down > 0.6))


# --- to the sheet ---


def pen_over(sheet: Sheet, rng: Rng, box: Box, pen: Pen, strokes: int) -> None:
    """Strokes right through the symbol, from side to side, each of its own."""
    x, y, width, height = box
    room = (x - 6, y - 6, width + 12, height + 12)
    cover = sheet.blank(room)
    scale = sheet.dpi / 25.4
    for _ in range(strokes):
        angle = rng.uniform(0, np.pi)
        across = np.array([np.cos(angle), np.sin(angle)])
        middle = np.array([width, height]) * rng.uniform(0.3, 0.7, 2) + 6
        side = np.array([-across[1], across[0]])
        points = [middle + across * reach + side * rng.normal(0, 1.5) for reach in np.linspace(-13, 13, 5)]
        draw(cover, bent(np.array(points), rng, 0.3) * scale, pen.width * scale)
    ink(sheet, room, cover, pen, rng)


def stamp_over(sheet: Sheet, rng: Rng, box: Box, pen: Pen) -> None:
    """Two rings and words in a ring, patchy as rubber prints."""
    x, y, width, height = box
    size = rng.uniform(22, 34)
    room = (x + width / 2 + rng.uniform(-6, 6) - size / 2, y + height / 2 + rng.uniform(-6, 6) - size / 2, size, size)
    cover = sheet.blank(room)
    middle = cover.shape[1] // 2, cover.shape[0] // 2
    for share in (0.47, 0.33):
        cv2.circle(cover, middle, int(cover.shape[1] * share), 255, max(2, sheet.px(0.8)), cv2.LINE_AA)
    for row in range(3):
        at = (int(cover.shape[1] * 0.22), int(cover.shape[0] * (0.42 + 0.1 * row)))
        cv2.putText(
            cover, "COPY No 17", at, cv2.FONT_HERSHEY_DUPLEX, size / 30 * sheet.dpi / 300, 255, max(2, sheet.px(0.4))
        )
    patchy = np.clip(0.85 + texture(rng, cover.shape, 12) * 0.2, 0.2, 1)
    sheet.stain(room, (cover * patchy * pen.cover).astype(np.uint8), pen.colour)


def worn_out(sheet: Sheet, rng: Rng, least: float) -> None:
    """A cartridge at its end: broad regions where only `least` of the print's darkness is left."""
    rows, columns = sheet.light.shape[:2]
    wave = texture(rng, (rows // 8, columns // 8), 60)
    left = 1 - (1 - least) * np.clip(0.5 + wave * 0.6, 0, 1)
    full = cv2.resize((left * 255).astype(np.uint8), (columns, rows))
    if sheet.light.ndim == 3:
        full = cv2.cvtColor(full, cv2.COLOR_GRAY2BGR)
    white = np.full_like(sheet.light, int(np.percentile(sheet.light[::16, ::16], 90)))
    sheet.light = cv2.subtract(white, cv2.multiply(cv2.subtract(white, sheet.light), full, scale=1 / 255))


# --- under the beam: to the picture, `scale` is px a mm ---


def line_from_feed(picture: NDArray[np.uint8], scale: float, x: float, width: float, value: int) -> NDArray[np.uint8]:
    """Dirt on the strip of glass of a sheet-fed scanner: a straight line down the whole picture."""
    left, wide = round(x * scale), max(1, round(width * scale))
    picture[:, left : left + wide] = np.minimum(picture[:, left : left + wide], value)
    return picture


def dirt_on_glass(
    picture: NDArray[np.uint8], scale: float, at: tuple[float, float], cover: Gray, dark: float
) -> NDArray[np.uint8]:
    """A spot that stays on the flatbed's glass from sheet to sheet; `cover` is drawn at 20 px a mm."""
    size = max(2, round(cover.shape[1] / 20 * scale)), max(2, round(cover.shape[0] / 20 * scale))
    share = cv2.resize(cover, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    top, left = round(at[1] * scale), round(at[0] * scale)
    part = picture[top : top + size[1], left : left + size[0]]
    share = share[: part.shape[0], : part.shape[1]]
    part[:] = part * (1 - (share if part.ndim == 2 else share[:, :, None]) * dark)
    return picture


def pale(picture: NDArray[np.uint8], scale: float, dark: int, light: int) -> NDArray[np.uint8]:
    """All that was between black and white lies between `dark` and `light`."""
    levels = dark + np.arange(256) / 255 * (light - dark)
    return cv2.LUT(picture, levels.round().astype(np.uint8))


def salt_and_pepper(picture: NDArray[np.uint8], scale: float, share: float, rng: Rng) -> NDArray[np.uint8]:
    draw = rng.random(picture.shape[:2], np.float32)
    picture[draw < share / 2] = 0
    picture[draw > 1 - share / 2] = 255
    return picture
