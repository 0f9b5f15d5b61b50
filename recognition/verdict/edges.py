"""What of the sheet lies outside the picture."""

from dataclasses import dataclass

import numpy as np

from recognition.geometry.placement import Box, Points, corners
from recognition.pages.findings import Findings
from recognition.verdict.thresholds import CUT_MM, CUT_PLACE_MM, CUT_REJECTED_MM

_TOUCHED_MM = 0.3
_FACING = {"left": (0.0, 0.5), "right": (1.0, 0.5), "top": (0.5, 0.0), "bottom": (0.5, 1.0)}
"""The middle of a place's side, as parts of its width and height."""
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
    places = _places(findings)
    for edge, points in _edges(paper).items():
        depth = float(_beyond(findings, points, edge).mean())
        lost = depth > _TOUCHED_MM and _cuts_a_place(findings, places, edge)
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


def _beyond(findings: Findings, points_mm: Points, edge: str) -> Points:
    """The depth in mm by which each point lies outside the picture on this edge's side."""
    return np.asarray(np.clip(_lost(findings, points_mm) @ np.array(_INWARD[edge]), 0, None), np.float64)


def _places(findings: Findings) -> Points:
    """The boxes of all places of the page's kind, n x 4."""
    return np.array(findings.kind.boxes if findings.kind else (), np.float64).reshape(-1, 4)


def _cuts_a_place(findings: Findings, places: Points, edge: str) -> bool:
    """True where the side of any place that faces this edge of the sheet lies outside the picture."""
    if not len(places):
        return False
    facing = places[:, :2] + places[:, 2:] * _FACING[edge]
    return bool((_beyond(findings, facing, edge) > CUT_PLACE_MM).any())


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
