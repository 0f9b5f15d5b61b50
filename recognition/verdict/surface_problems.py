"""Rules about the sheet's surface in the picture: lines along the feed, sharpness, contrast, folded corners."""

import math
from collections.abc import Iterator

import numpy as np

from recognition.codes import PageProblem, Severity
from recognition.geometry.placement import Box, Placement, bounds, meet
from recognition.quality.sharpness import Site
from recognition.quality.streaks import Streak
from recognition.report import Problem
from recognition.verdict import thresholds
from recognition.verdict.case import Case, at, whole_sheet


def _streaks(case: Case) -> Iterator[Problem]:
    if case.measures.photo:
        return
    for one in case.findings.surface.streaks:
        box = streak_mm(case, one)
        crossed = [name for name, place in _places(case) if meet(box, place, thresholds.STREAK_PLACE_MM)]
        yield at(
            case,
            PageProblem.STREAKS,
            Severity.WARNING,
            box,
            dark=one.dark,
            width_mm=round(one.width_mm, 2),
            crosses=crossed,
        )


def streak_mm(case: Case, streak: Streak) -> Box:
    """The box of a line on the upright page, as wide as the line, and as its slant where it has one."""
    ends = _work_placement(case).to_mm(streak.ends)
    x, y, width, height = bounds(ends)
    half = streak.width_mm / 2
    return (x - half, y, width + 2 * half, height) if height > width else (x, y - half, width, height + 2 * half)


def _work_placement(case: Case) -> Placement:
    """The placement in px of the searched copy, in which the surface was measured."""
    middle = case.form.paper[0] / 2, case.form.paper[1] / 2
    findings = case.findings
    factor = findings.surface.px_per_mm / findings.placement.px_per_mm(middle)
    uneven = 1.0
    if findings.frame.dpi is not None:
        uneven = math.sqrt(findings.frame.dpi[1] / findings.frame.dpi[0])
    return findings.placement.scaled(factor * uneven, factor / uneven)


def _places(case: Case) -> Iterator[tuple[str, Box]]:
    """Symbols and squares of the page by the names that reports give them."""
    kind = case.findings.kind
    if kind is not None:
        yield from ((f"symbol:{place.corner}", place.box) for place in kind.symbols)
        yield from ((f"square:{place.name}", place.box) for place in kind.squares)


def _folds(case: Case) -> Iterator[Problem]:
    """A place of the form under the fold is lost; a corner that hides none is only untidy."""
    if case.measures.photo or case.findings.kind is None:
        return
    boxes = case.findings.kind.boxes
    for fold in case.findings.surface.folds:
        hidden = any(fold.hides(box, case.form.paper) for box in boxes)
        severity = Severity.REJECTED if hidden else Severity.WARNING
        yield at(case, PageProblem.FOLDED_CORNER, severity, fold.box_mm, corner=fold.corner)


def _blur(case: Case) -> Iterator[Problem]:
    sites = case.findings.surface.sites
    if case.measures.photo or not sites:
        return
    px_per_mm = case.findings.surface.px_per_mm
    # Of the two directions the worse (a jerk blurs one), of the places the middle one (one may be smudged).
    widths = np.median([one.edge_px for one in sites], axis=0)
    sigma_px = math.sqrt(max(0.0, float(widths.max()) ** 2 - thresholds.PIXEL_EDGE_PX**2)) / math.sqrt(2 * math.pi)
    sigma = sigma_px / px_per_mm
    if sigma >= thresholds.BLUR_MM:
        severity = Severity.REJECTED if sigma >= thresholds.BLUR_REJECTED_MM else Severity.WARNING
        yield at(case, PageProblem.BLURRED, severity, whole_sheet(case), sigma_mm=round(sigma, 2))


def _contrast(case: Case) -> Iterator[Problem]:
    sites = case.findings.surface.sites
    if case.measures.photo or not sites:
        return
    levels = float(np.median([one.step for one in sites]))
    if levels < thresholds.CONTRAST_LEVELS:
        severity = Severity.REJECTED if levels < thresholds.CONTRAST_REJECTED_LEVELS else Severity.WARNING
        yield at(case, PageProblem.LOW_CONTRAST, severity, whole_sheet(case), levels=round(levels))
        return
    faded = [one for one in sites if one.step < thresholds.FADED * max(other.step for other in sites)]
    if faded:
        yield at(case, PageProblem.LOW_CONTRAST, Severity.WARNING, _around(faded), levels=round(faded[0].step))


def _around(sites: list[Site]) -> Box:
    corners = np.array([(x, y, x + width, y + height) for x, y, width, height in (one.box_mm for one in sites)])
    return bounds(np.vstack((corners[:, :2], corners[:, 2:])))


RULES = (_streaks, _folds, _blur, _contrast)
