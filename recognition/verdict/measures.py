"""Figures of a page: how it lies, at what scale it was printed, how finely it was scanned, whether a camera took it."""

import math
from dataclasses import dataclass

from recognition.geometry.frame import MM_PER_INCH
from recognition.pages.findings import Findings
from recognition.verdict import thresholds


@dataclass(frozen=True, slots=True)
class Measures:
    """None where the page's place or the picture's resolution is not known well enough."""

    rotation: int = 0
    skew_deg: float | None = None
    scale_x_pct: float | None = None
    scale_y_pct: float | None = None
    dpi: int | None = None
    photo: bool = False


def measure(findings: Findings, paper: tuple[float, float]) -> Measures:
    """All figures of a page from what was seen on it."""
    photo = is_photo(findings, paper)
    if not findings.placed:
        return Measures(skew_deg=findings.lean_deg, dpi=_stated_dpi(findings), photo=photo)
    middle = paper[0] / 2, paper[1] / 2
    x, y = findings.placement.axes(middle)
    frame = findings.frame
    # Pixels need not be square: lengths and angles are taken on paper, in mm.
    per_mm = (1.0, 1.0) if frame.dpi is None else (frame.dpi[0] / MM_PER_INCH, frame.dpi[1] / MM_PER_INCH)
    across = float(x[0]) / per_mm[0], float(x[1]) / per_mm[1]
    down = float(y[0]) / per_mm[0], float(y[1]) / per_mm[1]
    angle = math.degrees(math.atan2(across[1], across[0]))
    quarters = round(angle / 90)
    dpi = _stated_dpi(findings) or round(findings.placement.px_per_mm(middle) * MM_PER_INCH)
    known = frame.exact and not photo
    return Measures(
        rotation=quarters % 4 * 90,
        skew_deg=angle - quarters * 90,
        scale_x_pct=math.hypot(*across) * 100 if known else None,
        scale_y_pct=math.hypot(*down) * 100 if known else None,
        dpi=dpi,
        photo=photo,
    )


def _stated_dpi(findings: Findings) -> int | None:
    dpi, detail = findings.frame.dpi, findings.frame.detail_dpi
    return None if dpi is None else round(min(math.sqrt(dpi[0] * dpi[1]), detail or math.inf))


def is_photo(findings: Findings, paper: tuple[float, float]) -> bool:
    """True where enough speaks for a camera; one sign alone never does, but for the camera's own word."""
    bend, frame = findings.bend, findings.frame
    if bend.camera:
        return True
    perspective = (
        bend.bend_mm > thresholds.BEND_MM
        or bend.size_ratio > thresholds.SIZE_RATIO
        or bend.angle_deg > thresholds.ANGLE_DEG
    )
    light = (bend.uneven_light > thresholds.UNEVEN_LIGHT) + (bend.uneven_light > thresholds.UNEVEN_LIGHT_ALONE)
    aspect = max(frame.width, frame.height) / min(frame.width, frame.height) / (max(paper) / min(paper))
    unstated = frame.dpi is None or frame.odd
    odd_shape = abs(aspect - 1) > thresholds.ASPECT_SLACK and unstated
    return 2 * perspective + light + unstated + odd_shape >= thresholds.PHOTO_POINTS
