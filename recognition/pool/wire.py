"""What the pool and its children say to each other: a JSON header and, for pictures, raw bytes after it.

Never pickle: a child has handled hostile files, and its answers are data to be read with care.
"""

import json
import struct
from dataclasses import asdict
from typing import Any

from recognition.codes import PageProblem, PageQr, Severity, SymbolState, Verdict
from recognition.report import Box, Fiducials, PageReport, Problem, SymbolReading
from recognition.sheets.comparison import Comparison, Likeness

HEADER = struct.Struct(">II")
"""Lengths of the JSON and of the bytes that follow it."""


def pack(message: dict[str, Any], blob: bytes = b"") -> bytes:
    """One message as bytes."""
    text = json.dumps(message).encode()
    return HEADER.pack(len(text), len(blob)) + text + blob


def report_to_json(report: PageReport) -> dict[str, Any]:
    """A page report as plain JSON."""
    return asdict(report)


def report_from_json(said: dict[str, Any]) -> PageReport:
    """The report that `report_to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    plain = dict(said)
    return PageReport(
        **{
            **plain,
            "verdict": Verdict(plain["verdict"]),
            "qr": PageQr(plain["qr"]),
            "symbols": tuple(_symbol(symbol) for symbol in plain["symbols"]),
            "fiducials": _fiducials(plain["fiducials"]),
            "problems": tuple(_problem(problem) for problem in plain["problems"]),
        }
    )


def comparison_to_json(compared: Comparison) -> tuple[dict[str, Any], bytes]:
    """A comparison as plain JSON and the bytes of its pictures, one after the other."""
    first, second = compared.pictures or (b"", b"")
    plain = {
        "likeness": compared.likeness,
        "score": compared.score,
        "probability": compared.probability,
        "places": compared.places_mm,
    }
    return plain | {"first": len(first), "second": len(second)}, first + second


def comparison_from_json(said: dict[str, Any], pictures: bytes) -> Comparison:
    """What `comparison_to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    score, likely = said["score"], said["probability"]
    places = tuple(_box(place) for place in said["places"])
    first = int(said["first"])
    return Comparison(
        Likeness(said["likeness"]),
        None if score is None else float(score),
        None if likely is None else float(likely),
        tuple(place for place in places if place is not None),
        (pictures[:first], pictures[first:]) if pictures else None,
    )


def _symbol(said: dict[str, Any]) -> SymbolReading:
    quality = said.get("quality")
    figures = None if quality is None else {str(name): float(figure) for name, figure in quality.items()}
    return SymbolReading(str(said["corner"]), SymbolState(said["state"]), said["grade"], figures)


def _fiducials(said: dict[str, Any]) -> Fiducials:
    return Fiducials(int(said["expected"]), int(said["found"]), tuple(said["missing"]))


def _problem(said: dict[str, Any]) -> Problem:
    return Problem(
        PageProblem(said["code"]),
        Severity(said["severity"]),
        _box(said["place_mm"]),
        _box(said["place_px"]),
        dict(said["detail"]),
    )


def _box(said: list[float] | None) -> Box | None:
    if said is None:
        return None
    x, y, width, height = said
    return float(x), float(y), float(width), float(height)
