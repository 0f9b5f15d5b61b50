"""Picks scans by the truth that the simulator wrote beside them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Scan:
    """One page on the disk."""

    path: Path
    kit: str
    page: int
    defects: tuple[str, ...]


def read_scans(folder: Path, truth: Path) -> list[Scan]:
    """The scans of a folder in their order."""
    rows: list[dict[str, Any]] = json.loads(truth.read_text("utf-8"))
    return [
        Scan(folder / row["file"], str(row["kit"]), row["page"] or 0, tuple(d["code"] for d in row["defects"]))
        for row in rows
    ]


def same_page(one: Scan, other: Scan) -> bool:
    """True for two scans of one page of one kit."""
    return (one.kit, one.page) == (other.kit, other.page)
