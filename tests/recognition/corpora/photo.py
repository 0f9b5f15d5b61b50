"""A telephone held over a sheet: perspective, a desk, uneven light, noise, and the camera's own file."""

import io
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from tests.recognition.corpora.scanner import Picture
from tests.recognition.corpora.sheet import Sheet, texture

FRAME = (3000, 4000)
"""12 megapixels, held upright."""


@dataclass
class Photo:
    """`perspective`: by what share of its width the far side looks shorter; `shade`: how much light a shadow takes."""

    perspective: float
    shade: float
    fills: float
    turn: float
    noise: float = 4.0
    quality: int = 88
    names_camera: bool = True

    def take(self, sheet: Sheet, rng: np.random.Generator) -> bytes:
        picture = self._seen(sheet, rng)
        picture = self._lit(picture, rng)
        noise = np.empty(picture.shape, np.int16)
        cv2.setRNGSeed(int(rng.integers(1, 2**31)))
        cv2.randn(noise, 0, self.noise)  # type: ignore[call-overload]  # its stub wants arrays
        picture = cv2.add(cv2.GaussianBlur(picture, (0, 0), 0.9), noise, dtype=cv2.CV_8U)
        if picture.ndim == 2:
            picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
        return self._file(picture)

    def _seen(self, sheet: Sheet, rng: np.random.Generator) -> Picture:
        width, height = FRAME
        rows, columns = sheet.light.shape[:2]
        tall = height * self.fills
        wide = min(tall * columns / rows, width * self.fills)
        tall = wide * rows / columns
        near, far = wide, wide * (1 - self.perspective)
        corners = np.array([[-far / 2, -tall / 2], [far / 2, -tall / 2], [near / 2, tall / 2], [-near / 2, tall / 2]])
        if rng.random() < 0.5:
            corners[:, 1] *= np.array([1 - self.perspective / 2, 1 + self.perspective / 2] * 2)[[0, 1, 1, 0]]
        turn = np.radians(self.turn)
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        corners = corners @ spin.T + np.array([width / 2, height / 2]) + rng.normal(0, 15, (4, 2))
        flat = np.float32([[0, 0], [columns, 0], [columns, rows], [0, rows]])
        view = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
        desk = np.clip(90 + rng.normal(0, 35) + texture(rng, (height // 4, width // 4), 10) * 12, 20, 200).astype(
            np.uint8
        )
        desk = cv2.resize(desk, (width, height))
        if sheet.light.ndim == 3:
            desk = cv2.cvtColor(desk, cv2.COLOR_GRAY2BGR)
        cv2.warpPerspective(sheet.light, view, (width, height), desk, cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT)
        return desk

    def _lit(self, picture: Picture, rng: np.random.Generator) -> Picture:
        across, down = np.meshgrid(np.linspace(-1, 1, 96), np.linspace(-1, 1, 128))
        way = rng.uniform(0, 6.3)
        slope = across * np.cos(way) + down * np.sin(way)
        gain = 0.9 - 0.12 * slope
        edge = across * np.cos(way + 1) + down * np.sin(way + 1) - rng.uniform(-0.4, 0.4)
        gain *= 1 - self.shade / (1 + np.exp(-edge * 12))
        full = cv2.resize((gain.clip(0, 1) * 255).astype(np.uint8), FRAME)
        if picture.ndim == 3:
            full = cv2.cvtColor(full, cv2.COLOR_GRAY2BGR)
        return cv2.multiply(picture, full, scale=1 / 255)

    def _file(self, picture: Picture) -> bytes:
        image = Image.fromarray(picture[:, :, ::-1])
        stream = io.BytesIO()
        exif = Image.Exif()
        if self.names_camera:
            exif[0x010F], exif[0x0110] = "Samsung", "SM-A546E"
            exif.get_ifd(0x8769)[0x829D] = (18, 10)
        image.save(stream, "JPEG", quality=self.quality, exif=exif, dpi=(72, 72))
        return stream.getvalue()
