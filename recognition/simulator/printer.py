"""A laser printer: toner with soft edges, a little gain and an uneven density."""

import math
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium

from recognition.simulator.sheet import PAPER, Picture


def rasterise(page: Any, px_per_mm: float) -> Picture:
    """A page of a PDF as the printer gets it: grey, white paper."""
    bitmap = page.render(scale=px_per_mm * 25.4 / 72, grayscale=True)
    # A copy: the array is a view of memory that PDFium frees with the bitmap.
    return np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)


def pitch(page: Any, px_per_mm: float) -> tuple[float, float]:
    """Pixels to a millimetre across and down as PDFium really draws: it stretches a page to whole pixels."""
    width, height = page.get_size()
    scale = px_per_mm * 25.4 / 72
    return math.ceil(width * scale) / width * 72 / 25.4, math.ceil(height * scale) / height * 72 / 25.4


def open_pdf(data: bytes) -> Any:
    """The document; raises pypdfium2.PdfiumError where it is none."""
    return pdfium.PdfDocument(data)


def lay_toner(printed: Picture, px_per_mm: float, rng: np.random.Generator) -> Picture:
    """Reflectance of the printed paper.

    Edges soften over 0.02 to 0.04 mm; gain thickens strokes by up to a tenth of that; density sags by up to 12 %.
    """
    softness = rng.uniform(0.02, 0.04) * px_per_mm
    coverage = cv2.GaussianBlur(cv2.bitwise_not(printed), (0, 0), max(softness, 0.3))
    gain = rng.uniform(0.0, 0.1)
    tone = np.clip((np.arange(256) / 255 - 0.5 + gain) * 1.2 + 0.5, 0, 1)
    tone[0] = 0
    coverage = cv2.LUT(coverage, (tone * 255).astype(np.uint8))
    coverage = cv2.multiply(coverage, _density(printed.shape, rng), scale=1 / 255)
    toner = rng.uniform(14, 34)
    table = PAPER - np.arange(256) * (PAPER - toner) / 255
    return np.asarray(cv2.LUT(coverage, table.astype(np.uint8)), dtype=np.uint8)


def _density(shape: tuple[int, ...], rng: np.random.Generator) -> Picture:
    """A slowly changing field: the drum and the cartridge never lay toner evenly."""
    coarse = np.clip(rng.normal(0.96, 0.02, (12, 9)), 0.88, 1.0) * 255
    field = cv2.resize(coarse.astype(np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    return field.astype(np.uint8)
