"""A scanner: glass and lid, feed and optics, tone, noise, and the file it writes."""

import io
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.recognition.corpora.sheet import Sheet

Picture = NDArray[np.uint8]


@dataclass
class Scanner:
    """Lengths in mm, angles in degrees; (`shift_x`, `shift_y`) is how the sheet lies in the window."""

    dpi: int = 200
    mode: str = "grey"
    window: tuple[float, float] = (210.0, 297.0)
    shift_x: float = 0.0
    shift_y: float = 0.0
    skew: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    jitter: float = 0.0
    jitter_mm: float = 40.0
    rotation: int = 0
    mtf: float = 0.05
    motion: float = 0.0
    sharpen: float = 0.0
    white: float = 0.98
    black: float = 0.03
    gamma: float = 1.0
    falloff: float = 0.0
    shadow: tuple[str, float] | None = None
    """The side whose edge lifts off the glass, and over how many mm it goes dark."""
    noise: float = 2.0
    threshold: float = 0.55
    quality: int = 80
    container: str = "jpg"
    states_dpi: bool = True
    says_dpi: int = 0
    """What a careless program writes into the file instead of the true resolution."""
    on_glass: list = field(default_factory=list)
    """Each takes (picture, px a mm) and changes the picture: dirt under the beam, lines from the feed."""

    def scan(self, sheet: Sheet, rng: np.random.Generator) -> Picture:
        picture = self._optics(sheet, rng)
        picture = self._light(picture, rng)
        for dirt in self.on_glass:
            picture = dirt(picture, self.dpi / 25.4)
        picture = self._sensor(picture, rng)
        if self.mode == "bilevel":
            level = int(self.threshold * np.percentile(picture[::8, ::8], 90))
            picture = np.where(picture > level, 255, 0).astype(np.uint8)
        return np.ascontiguousarray(np.rot90(picture, -(self.rotation // 90)))

    def _optics(self, sheet: Sheet, rng: np.random.Generator) -> Picture:
        ratio = self.dpi / sheet.dpi
        light = sheet.light
        if ratio < 1:
            light = cv2.resize(light, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
        scale = self.dpi / 25.4 / max(1.0, ratio)
        if self.mtf * scale > 0.25:
            light = cv2.GaussianBlur(light, (0, 0), self.mtf * scale)
        if self.motion:
            light = cv2.blur(light, (1, max(1, round(self.motion * scale))))
        return self._placed(light, sheet, max(1.0, ratio), rng)

    def _placed(self, light: Picture, sheet: Sheet, enlarge: float, rng: np.random.Generator) -> Picture:
        """The sheet in the window: turned about its middle, stretched, shifted, its rows fed unevenly."""
        width, height = (round(side * self.dpi / 25.4) for side in self.window)
        scale = self.dpi / 25.4
        middle_x, middle_y = sheet.size_mm[0] / 2 * scale, sheet.size_mm[1] / 2 * scale
        cos, sin = np.cos(np.radians(self.skew)), np.sin(np.radians(self.skew))
        x = np.arange(width, dtype=np.float32)[None, :] - np.float32(middle_x + self.shift_x * scale)
        y = np.arange(height, dtype=np.float32)[:, None] - np.float32(middle_y + self.shift_y * scale)
        if self.jitter:
            phase = rng.uniform(0, 6.3, 2)
            turns = y / (self.jitter_mm * scale) * 6.283
            y = y + (self.jitter * scale * (np.sin(turns + phase[0]) + 0.5 * np.sin(2.7 * turns + phase[1]))).astype(
                np.float32
            )
        map_x = ((x * cos + y * sin) / self.scale_x + middle_x) / enlarge
        map_y = ((y * cos - x * sin) / self.scale_y + middle_y) / enlarge
        lid = round(255 * sheet.lid)
        return cv2.remap(
            light,
            map_x.astype(np.float32),
            map_y.astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(lid, lid, lid),
        )

    def _light(self, picture: Picture, rng: np.random.Generator) -> Picture:
        height, width = picture.shape[:2]
        gain = np.ones((64, 64), np.float32)
        if self.falloff:
            across = np.linspace(-1, 1, 64, dtype=np.float32)
            gain *= 1 - self.falloff * np.abs(across - rng.uniform(-0.3, 0.3))[None, :] ** 2
        if not self.shadow and not self.falloff:
            return picture
        full = cv2.resize((gain * 255).clip(0, 255).astype(np.uint8), (width, height))
        if self.shadow:
            self._lift(full, *self.shadow)
        if picture.ndim == 3:
            full = cv2.cvtColor(full, cv2.COLOR_GRAY2BGR)
        return cv2.multiply(picture, full, scale=1 / 255)

    def _lift(self, gain: Picture, side: str, reach: float) -> None:
        """The edge of the sheet or of the lid throws a shadow that dies away from the window's side."""
        turned = {"left": gain, "right": gain[:, ::-1], "top": gain.T, "bottom": gain[::-1].T}[side]
        depth = max(2, round(reach * self.dpi / 25.4))
        fade = np.clip(0.35 + 0.65 * np.linspace(0, 1, depth), 0, 1)
        turned[:, :depth] = (turned[:, :depth] * fade[None, :]).astype(np.uint8)

    def _sensor(self, picture: Picture, rng: np.random.Generator) -> Picture:
        if self.sharpen:
            soft = cv2.GaussianBlur(picture, (0, 0), 1.2)
            picture = cv2.addWeighted(picture, 1 + self.sharpen, soft, -self.sharpen, 0)
        levels = np.clip((np.arange(256) / 255 - self.black) / (self.white - self.black), 0, 1) ** self.gamma
        picture = cv2.LUT(picture, (levels * 255).round().astype(np.uint8))
        if self.noise:
            noise = np.empty(picture.shape, np.int16)
            cv2.setRNGSeed(int(rng.integers(1, 2**31)))
            cv2.randn(noise, 0, self.noise)  # type: ignore[call-overload]  # its stub wants arrays
            picture = cv2.add(picture, noise, dtype=cv2.CV_8U)
        return picture


def encode(picture: Picture, scanner: Scanner) -> bytes:
    """The file: bilevel as G4 TIFF, PNG or PDF, else JPEG, alone or as the one picture of a PDF."""
    image = Image.fromarray(picture[:, :, ::-1] if picture.ndim == 3 else picture)
    said = scanner.says_dpi or scanner.dpi
    density = {"dpi": (said, said)} if scanner.states_dpi else {}
    stream = io.BytesIO()
    if scanner.mode == "bilevel":
        image = image.convert("1")
        if scanner.container == "png":
            image.save(stream, "PNG", **density)
        else:
            image.save(stream, "TIFF", compression="group4", **density)
    elif scanner.container == "pdf":
        image.save(stream, "PDF", resolution=scanner.dpi, quality=scanner.quality)
    elif scanner.container == "png":
        image.save(stream, "PNG", compress_level=1, **density)
    else:
        image.save(stream, "JPEG", quality=scanner.quality, **density)
    return stream.getvalue()


WINDOWS = ((210.0, 297.0), (216.0, 297.0), (212.0, 299.0), (209.0, 296.0))
"""A4; the whole glass; and what scanners make of A4 that find its edges by themselves."""


def good_scanner(rng: np.random.Generator, dpi: int | None = None) -> Scanner:
    """Any scanner that a college may have, in good order, with a sheet put in by a careful hand."""
    dpi = dpi or int(rng.choice([150, 200, 240, 300, 400, 600], p=[0.28, 0.36, 0.06, 0.26, 0.02, 0.02]))
    mode = str(rng.choice(["grey", "colour", "bilevel"], p=[0.55, 0.28, 0.17]))
    shrink = rng.normal(0.999, 0.0012)
    return Scanner(
        dpi=dpi,
        mode=mode,
        window=WINDOWS[rng.choice(len(WINDOWS), p=[0.68, 0.12, 0.1, 0.1])],
        shift_x=rng.normal(0, 0.7),
        shift_y=rng.normal(0, 0.7),
        skew=float(np.clip(rng.normal(0, 0.3), -0.8, 0.8)),
        scale_x=shrink,
        scale_y=shrink + float(np.clip(rng.normal(0, 0.0012), -0.0035, 0.0035)),
        jitter=rng.choice([0.0, rng.uniform(0.01, 0.06)]),
        jitter_mm=rng.uniform(5, 90),
        rotation=int(rng.choice([0, 90, 180, 270], p=[0.76, 0.06, 0.12, 0.06])),
        mtf=rng.uniform(0.03, 0.08),
        sharpen=rng.choice([0.0, rng.uniform(0.2, 1.0)]),
        white=rng.uniform(0.9, 1.0),
        black=rng.uniform(0.0, 0.06),
        gamma=rng.uniform(0.75, 1.25),
        falloff=rng.choice([0.0, rng.uniform(0.01, 0.06)]),
        shadow=[None, (str(rng.choice(["left", "right", "top", "bottom"])), rng.uniform(0.5, 3.0))][
            rng.choice(2, p=[0.75, 0.25])
        ],
        noise=rng.uniform(0.5, 5.0),
        threshold=rng.uniform(0.5, 0.68),
        quality=int(rng.integers(40, 96)),
        container=str(rng.choice(["jpg", "pdf", "png"] if mode != "bilevel" else ["tif", "png"])),
        states_dpi=bool(rng.random() < 0.92),
        says_dpi=int(rng.choice([0, 72, 96], p=[0.97, 0.02, 0.01])),
    )
