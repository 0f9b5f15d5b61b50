"""A scanner: geometry of the pass, the optics' blur, noise, levels, and a threshold where the mode is bilevel."""

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.form import Form
from recognition.simulator.settings import Mode
from recognition.simulator.sheet import PAPER, Picture, ScanPass, Sheet

LID = 255
_WARM = (0.955, 0.985, 1.0)
"""Blue, green and red of office paper under a scanner's lamp, as parts of white."""


def natural_pass(form: Form, dpi: int, rng: np.random.Generator) -> ScanPass:
    """A good scanner's pass: skew within 0.7°, offset within 2 mm, scale within 0.3 %."""
    return ScanPass(
        dpi=dpi,
        window=(0.0, 0.0, *form.paper),
        skew_deg=float(np.clip(rng.normal(0, 0.25), -0.7, 0.7)),
        offset_mm=(float(rng.uniform(-1.4, 1.4)), float(rng.uniform(-1.4, 1.4))),
        scale_x=float(rng.uniform(0.997, 1.003)),
        scale_y=float(rng.uniform(0.997, 1.003)),
        blur_px=float(rng.uniform(0.45, 0.75)),
        white=float(rng.uniform(238, 254)),
        black=float(rng.uniform(14, 40)),
        noise=float(rng.uniform(1.0, 2.8)),
        quality=int(rng.integers(75, 91)),
    )


def mm_to_px(scan: ScanPass, paper: tuple[float, float]) -> NDArray[np.float64]:
    """3 × 3: a point of the form in mm to the centre-of-pixel coordinates of the scanned picture.

    The print is scaled and the pass turns and stretches the sheet about the paper's centre; positive skew turns
    the content clockwise.
    """
    centre = np.array(paper) / 2
    turn = np.radians(scan.skew_deg)
    rotate = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    linear = np.diag([scan.scale_x, scan.scale_y]) @ rotate * scan.print_scale
    shift = centre + np.array(scan.offset_mm) - np.array(scan.window[:2]) - linear @ centre
    px = scan.dpi / 25.4
    matrix = np.eye(3)
    matrix[:2, :2] = linear * px
    matrix[:2, 2] = shift * px - 0.5
    return matrix


def picture_size(scan: ScanPass) -> tuple[int, int]:
    """Width and height in px."""
    return round(scan.window[2] * scan.dpi / 25.4), round(scan.window[3] * scan.dpi / 25.4)


def pass_over(sheet: Sheet, mode: Mode) -> tuple[Picture, NDArray[np.float64]]:
    """The scanned picture and its mm-to-px matrix."""
    scan = sheet.scan
    matrix = mm_to_px(scan, sheet.form.paper)
    source = _before_sampling(_edged(_scaled_print(sheet)), sheet.px_per_mm, scan)
    unprinted = ScanPass(**{name: getattr(scan, name) for name in scan.__slots__} | {"print_scale": 1.0})
    from_source = _sampled(mm_to_px(unprinted, sheet.form.paper), sheet.pitch)
    seen = cv2.warpAffine(
        source, from_source[:2], picture_size(scan), flags=cv2.INTER_LINEAR, borderValue=(LID, LID, LID)
    )
    return _read_out(np.asarray(seen, dtype=np.uint8), scan, mode, sheet.rng), matrix


def _sampled(matrix: NDArray[np.float64], pitch: tuple[float, float]) -> NDArray[np.float64]:
    """The same map, but from the sheet's own pixels."""
    across, down = pitch
    to_mm = np.array([[1 / across, 0, 0.5 / across], [0, 1 / down, 0.5 / down], [0, 0, 1]])
    return np.asarray(matrix @ to_mm, dtype=np.float64)


def _scaled_print(sheet: Sheet) -> Picture:
    """The print shrunk about the paper's centre; the paper itself keeps its size."""
    if sheet.scan.print_scale == 1.0:
        return sheet.picture
    height, width = sheet.picture.shape[:2]
    scale = sheet.scan.print_scale
    middle = tuple(side * pitch / 2 - 0.5 for side, pitch in zip(sheet.form.paper, sheet.pitch, strict=True))
    matrix = np.array([[scale, 0, middle[0] * (1 - scale)], [0, scale, middle[1] * (1 - scale)]])
    bare = (PAPER, PAPER, PAPER)
    scaled = cv2.warpAffine(sheet.picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=bare)
    return np.asarray(scaled, dtype=np.uint8)


def _edged(picture: Picture) -> Picture:
    """The thin shadow that a sheet's edge throws on the lid."""
    height, width = picture.shape[:2]
    cv2.rectangle(picture, (0, 0), (width - 1, height - 1), (222, 222, 222), 1)
    return picture


def _before_sampling(picture: Picture, px_per_mm: float, scan: ScanPass) -> Picture:
    """The optics' blur, in the sheet's pixels; it also keeps a coarse sampling from aliasing."""
    ratio = px_per_mm * 25.4 / scan.dpi
    sigma = float(np.hypot(scan.blur_px * ratio, scan.blur_mm * px_per_mm))
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8)


def _read_out(seen: Picture, scan: ScanPass, mode: Mode, rng: np.random.Generator) -> Picture:
    levels = scan.black + np.arange(256) * (scan.white - scan.black) / PAPER
    if mode is Mode.BILEVEL:
        noisy = _noise(seen, min(scan.noise, 1.5), rng)
        # The driver sets the threshold between the levels it sees, so a pale print is not lost by itself.
        return np.where(noisy < PAPER * 0.58 + rng.uniform(-14, 14), 0, 255).astype(np.uint8)
    tinted = [np.clip(levels * part, 0, 255).astype(np.uint8) for part in _WARM]
    if seen.ndim == 2:
        return _noise(np.asarray(cv2.LUT(seen, tinted[2]), dtype=np.uint8), scan.noise, rng)
    seen = np.asarray(cv2.LUT(seen, np.stack(tinted, axis=-1).reshape(1, 256, 3)), dtype=np.uint8)
    return _noise(seen, scan.noise, rng)


def _noise(picture: NDArray[np.uint8], sigma: float, rng: np.random.Generator) -> Picture:
    """Gaussian noise. OpenCV's generator is seeded from ours: it is five times as fast as numpy's."""
    cv2.setRNGSeed(int(rng.integers(2**31 - 1)))
    noise = np.empty((picture.shape[0], picture[0].size), np.int8)
    cv2.randn(noise, np.zeros(1), np.array([sigma]))
    return np.asarray(cv2.add(picture, noise.reshape(picture.shape), dtype=cv2.CV_8U), dtype=np.uint8)
