"""Irregular shapes: no stain, tear or scribble has straight sides."""

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.form import Box


def blotch(shape: tuple[int, ...], share: float, rng: np.random.Generator, grain: int = 5) -> NDArray[np.bool_]:
    """A mask of smooth blobs that covers the given share of the area; `grain` blobs along a side, about."""
    coarse = rng.normal(size=(grain + 2, grain + 2)).astype(np.float32)
    field = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(field > np.quantile(field, 1 - share), dtype=np.bool_)


def scribble(box: Box, turns: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """A zigzag of a pen across a box, in mm."""
    x, y, width, height = box
    across = np.linspace(0, 1, turns) + rng.normal(0, 0.03, turns)
    along = np.where(np.arange(turns) % 2 == 0, rng.uniform(-0.08, 0.12, turns), rng.uniform(0.88, 1.08, turns))
    if rng.uniform() < 0.5:
        across, along = along, across
    return np.stack([x + across * width, y + along * height], axis=1)


def wavy(
    start: tuple[float, float], end: tuple[float, float], amplitude: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """A nearly straight stroke from one point to another, in mm."""
    way = np.linspace(0, 1, 12)[:, None]
    bend = rng.normal(0, amplitude, (12, 2)) * np.sin(np.pi * way)
    return np.array(start) * (1 - way) + np.array(end) * way + bend
