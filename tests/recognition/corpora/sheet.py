"""A sheet of paper in the hand: what light it gives back, and how things are laid on it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.form import Box
from tests.recognition.corpora.pages import Gray, Page, px

Colour = tuple[float, float, float]
"""Blue, green, red: the share of light that comes back, 0 to 1."""
BLACK: Colour = (0.05, 0.05, 0.05)
LUMA = (0.114, 0.587, 0.299)


def gray_of(colour: Colour) -> float:
    return sum(part * weight for part, weight in zip(colour, LUMA, strict=True))


@dataclass
class Sheet:
    """`light` is (height, width) for a scan without colour, else (height, width, 3) in BGR; 255 gives all back."""

    page: Page
    light: NDArray[np.uint8]
    dpi: int
    lid: float = 0.95
    """What is behind the paper, where there is none: a white lid, a grey one or a black one."""

    def px(self, mm: float) -> int:
        return px(mm, self.dpi)

    @property
    def size_mm(self) -> tuple[float, float]:
        height, width = self.light.shape[:2]
        return width * 25.4 / self.dpi, height * 25.4 / self.dpi

    def window(self, box: Box) -> tuple[slice, slice]:
        """Rows and columns of a box in mm, clipped to the sheet."""
        x, y, width, height = box
        rows, columns = self.light.shape[:2]
        top, bottom = (min(max(self.px(side), 0), rows) for side in (y, y + height))
        left, right = (min(max(self.px(side), 0), columns) for side in (x, x + width))
        return slice(top, bottom), slice(left, right)

    def tint(self, colour: Colour) -> NDArray[np.float32] | np.float32:
        return np.array(colour, np.float32) if self.light.ndim == 3 else np.float32(gray_of(colour))

    def stain(self, box: Box, cover: Gray, colour: Colour) -> None:
        """Ink, marker or dirt: light is lost where `cover` (255 is all) lies, times what the paper gave back."""
        share, part = self._under(box, cover)
        part[:] = np.clip(part * (1 - share * (1 - self.tint(colour))), 0, 255)

    def lay(self, box: Box, cover: Gray, colour: Colour) -> None:
        """Something opaque: a label, a staple, the lid seen through a hole."""
        share, part = self._under(box, cover)
        part[:] = np.clip(part * (1 - share) + 255 * share * self.tint(colour), 0, 255)

    def _under(self, box: Box, cover: Gray) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """The cover as shares of 1, and the part of the sheet under it."""
        part = self.light[self.window(box)][: cover.shape[0], : cover.shape[1]]
        share = cover[: part.shape[0], : part.shape[1]].astype(np.float32) / 255
        return share[:, :, None] if part.ndim == 3 else share, part

    def blank(self, box: Box) -> Gray:
        rows, columns = self.window(box)
        return np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.uint8)


def texture(rng: np.random.Generator, shape: tuple[int, ...], grain_px: float) -> NDArray[np.float32]:
    """Smooth noise with grains of about that size, mean 0, deviation about 1."""
    rows, columns = (max(4, int(side / grain_px) + 3) for side in shape[:2])
    coarse = rng.standard_normal((rows, columns), np.float32) * 1.35
    return cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)


def blot(rng: np.random.Generator, side: int, ragged: float = 0.25) -> Gray:
    """A spot with an edge of its own, `side` px across both ways."""
    side = max(3, side)
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    waves = sum(rng.normal(0, ragged / turn) * np.sin(turn * angles + rng.uniform(0, 6.3)) for turn in range(2, 7))
    radius = 1 + np.clip(waves, -0.45, 0.45)
    points = np.stack([radius * np.cos(angles), radius * np.sin(angles)], 1)
    points = (points - points.min(0)) / np.ptp(points, 0) * (side - 1)
    mask = np.zeros((side, side), np.uint8)
    cv2.fillPoly(mask, [np.round(points * 8).astype(np.int32)], 255, cv2.LINE_AA, 3)
    return mask


def clear_of(boxes: list[Box], box: Box, by: float) -> bool:
    """True where the box keeps `by` mm from each of the others."""
    x, y, width, height = box
    return all(
        x > bx + bw + by or x + width < bx - by or y > by_ + bh + by or y + height < by_ - by
        for bx, by_, bw, bh in boxes
    )
