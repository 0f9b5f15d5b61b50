"""A telephone's camera instead of a scanner: perspective, uneven light, a desk around the sheet."""

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.codes import PageProblem
from recognition.simulator.sheet import Picture, Sheet

_CAMERA = (2448, 3264)
_MESSENGER = ((960, 1280), (720, 1280))
"""A messenger's recompression: 1,280 px on the long side, no density in the file."""


def photograph(sheet: Sheet) -> tuple[Picture, NDArray[np.float64], bool]:
    """The photo, its mm-to-px homography, and whether it is the camera's own file (with EXIF) or a recompressed one."""
    rng = sheet.rng
    own_file = bool(rng.uniform() < 0.5)
    size = _CAMERA if own_file else _MESSENGER[int(rng.integers(len(_MESSENGER)))]
    matrix, tilt = _homography(sheet, size)
    lit = _light(_laid_on_desk(sheet, matrix, size), rng)
    seen = cv2.GaussianBlur(lit, (0, 0), float(rng.uniform(0.5, 1.1) * (1.6 if own_file else 0.8)))
    noise = rng.normal(0, rng.uniform(2, 5), (256, 256, 3)).astype(np.int8)
    tiled = np.tile(noise, (size[1] // 256 + 1, size[0] // 256 + 1, 1))[: size[1], : size[0]]
    picture = np.asarray(cv2.add(seen, tiled, dtype=cv2.CV_8U), dtype=np.uint8)
    sheet.scan.quality = int(rng.integers(88, 94) if own_file else rng.integers(70, 82))
    sheet.confess(PageProblem.PHOTO_NOT_SCAN, None, own_file=own_file, perspective_pct=round(tilt * 100, 2))
    return picture, matrix, own_file


def _homography(sheet: Sheet, size: tuple[int, int]) -> tuple[NDArray[np.float64], float]:
    """The sheet fills 78 to 93 % of the frame, turned by up to 5°, each corner moved by the camera's tilt."""
    width, height = sheet.form.paper
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = np.radians(sheet.uniform(-5, 5))
    rotate = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    seen = (corners - corners.mean(axis=0)) @ rotate.T
    tilt = sheet.uniform(0.01, 0.06)
    seen += sheet.rng.uniform(-tilt, tilt, (4, 2)) * width
    seen *= min(size[0] / np.ptp(seen[:, 0]), size[1] / np.ptp(seen[:, 1])) * sheet.uniform(0.78, 0.93)
    seen += np.array(size) / 2 - (seen.max(axis=0) + seen.min(axis=0)) / 2
    matrix = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    return np.asarray(matrix, dtype=np.float64), tilt


def _laid_on_desk(sheet: Sheet, matrix: NDArray[np.float64], size: tuple[int, int]) -> Picture:
    colour = sheet.picture if sheet.picture.ndim == 3 else cv2.cvtColor(sheet.picture, cv2.COLOR_GRAY2BGR)
    shrink = size[1] / (sheet.form.paper[1] * sheet.px_per_mm)
    if shrink < 0.9:
        colour = cv2.GaussianBlur(colour, (0, 0), 0.45 / shrink)
    from_sheet = matrix @ np.diag([1 / sheet.pitch[0], 1 / sheet.pitch[1], 1.0])
    cover = cv2.warpPerspective(np.full(colour.shape[:2], 255, np.uint8), from_sheet, size)
    seen = _desk(np.asarray(cover, dtype=np.uint8), sheet.rng)
    return np.asarray(
        cv2.warpPerspective(colour, from_sheet, size, seen, cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT),
        dtype=np.uint8,
    )


def _desk(cover: Picture, rng: np.random.Generator) -> Picture:
    """A desk top of one colour with a grain along one side, darker where the sheet's edge shades it.

    Made small and enlarged: nothing on it is sharp.
    """
    base = np.array([(40, 70, 110), (120, 125, 130), (70, 95, 140), (60, 58, 55)][int(rng.integers(4))])
    grain = np.repeat(rng.normal(0, 9, (160, 6)), 20, axis=1)
    desk = np.clip(base + rng.uniform(-15, 15, 3) + grain[..., None], 0, 255).astype(np.uint8)
    shadow = cv2.GaussianBlur(cv2.resize(cover, (120, 160), interpolation=cv2.INTER_AREA), (0, 0), 2.0)
    shaded = cv2.multiply(cv2.blur(desk, (15, 1)), cv2.merge([255 - shadow // 3] * 3), scale=1 / 255)
    return np.asarray(cv2.resize(shaded, cover.shape[::-1], interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _light(picture: Picture, rng: np.random.Generator) -> Picture:
    """A lamp from one side, a soft shadow of the hand, and the lamp's colour."""
    rows, columns = 48, 36
    y, x = np.linspace(0, 1, rows)[:, None], np.linspace(0, 1, columns)[None, :]
    angle = rng.uniform(0, 2 * np.pi)
    slope = rng.uniform(0.15, 0.4)
    light = rng.uniform(0.82, 0.98) + slope * ((x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle))
    edge = (x - rng.uniform(0, 1)) * np.cos(angle + 2) + (y - rng.uniform(0, 1)) * np.sin(angle + 2)
    light *= 1 - rng.uniform(0.1, 0.35) / (1 + np.exp(-edge * 18))
    tint = np.array([rng.uniform(0.84, 1.0), rng.uniform(0.94, 1.0), 1.0])
    field = np.clip(light[..., None] * tint * 220, 0, 255).astype(np.uint8)
    grown = cv2.resize(field, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(picture, grown, scale=1 / 220), dtype=np.uint8)
