"""What of the sheet lies outside the picture."""

from dataclasses import dataclass

import numpy as np

from recognition.geometry.placement import Box, Points, corners
from recognition.pages.findings import Findings
from recognition.verdict.thresholds import CUT_MM, CUT_PLACE_MM, CUT_REJECTED_MM

_TOUCHED_MM = 0.3
_INWARD = {"left": (1.0, 0.0), "right": (-1.0, 0.0), "top": (0.0, 1.0), "bottom": (0.0, -1.0)}


@dataclass(frozen=True, slots=True)
class Cut:
    """A strip of the sheet that is missing: its box in mm, how deep, and whether a place of the form is in it."""

    edge: str
    strip_mm: Box
    depth_mm: float
    harmful: bool


def cuts(findings: Findings, paper: tuple[float, float]) -> list[Cut]:
    """The edges of the sheet that the picture does not show. Empty where the page's place is only guessed."""
    if not findings.placed:
        return []
    result = []
    for edge, points in _edges(paper).items():
        depth = _beyond(findings, points, edge)
        lost = depth > _TOUCHED_MM and any(_is_cut(findings, box, edge) for box in _places(findings))
        if depth >= CUT_MM or lost:
            result.append(Cut(edge, _strip(edge, depth, paper), depth, harmful=lost or depth >= CUT_REJECTED_MM))
    return result


def _edges(paper: tuple[float, float]) -> dict[str, Points]:
    """Points along each edge of the sheet, its corners left out: they are the first to go on an askew sheet."""
    width, height = paper
    along = np.linspace(0.1, 0.9, 9)
    return {
        "left": np.column_stack((np.zeros(9), along * height)),
        "right": np.column_stack((np.full(9, width), along * height)),
        "top": np.column_stack((along * width, np.zeros(9))),
        "bottom": np.column_stack((along * width, np.full(9, height))),
    }


def _lost(findings: Findings, points_mm: Points) -> Points:
    """From each point of the sheet the way in mm to the nearest point that the picture shows; 0, 0 inside."""
    px = findings.placement.to_px(points_mm)
    inside = np.clip(px, 0, np.array([findings.frame.width, findings.frame.height], np.float64))
    return findings.placement.to_mm(inside) - points_mm


def _beyond(findings: Findings, points_mm: Points, edge: str) -> float:
    """Mean depth in mm by which points lie outside the picture on this edge's side."""
    return float(np.clip(_lost(findings, points_mm) @ np.array(_INWARD[edge]), 0, None).mean())


def _places(findings: Findings) -> list[Box]:
    kind = findings.kind
    if kind is None:
        return []
    return [*(place.box for place in kind.symbols), *(place.box for place in kind.squares), *kind.fields]


def _is_cut(findings: Findings, box: Box, edge: str) -> bool:
    """True where the side of a place that faces this edge of the sheet lies outside the picture."""
    x, y, width, height = box
    facing = {
        "left": (x, y + height / 2),
        "right": (x + width, y + height / 2),
        "top": (x + width / 2, y),
        "bottom": (x + width / 2, y + height),
    }[edge]
    return _beyond(findings, np.array([facing]), edge) > CUT_PLACE_MM


def is_cut_away(findings: Findings, box: Box) -> bool:
    """True where the picture's edge cuts a place of the form or leaves it out."""
    return bool((np.linalg.norm(_lost(findings, corners(box)), axis=1) > CUT_PLACE_MM).any())


def _strip(edge: str, depth: float, paper: tuple[float, float]) -> Box:
    width, height = paper
    return {
        "left": (0.0, 0.0, depth, height),
        "right": (width - depth, 0.0, depth, height),
        "top": (0.0, 0.0, width, depth),
        "bottom": (0.0, height - depth, width, depth),
    }[edge]
