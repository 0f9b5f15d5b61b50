"""Scans of one page of a kit, and which of them is the best: pure decisions."""

from dataclasses import dataclass
from typing import Any

from recognition.codes import Verdict
from services.submissions.models import Page

FINE_DPI = 300
"""Above this, more dots make no better scan."""

DPI_STEP = 50
GRADE_STEP = 0.5
"""Finer differences than these are chance: a better scan must be plainly better."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan. `counts` says that it is sound, or accepted by a person; `quality` compares scans of one sheet."""

    page_id: int
    sheet_id: int | None
    counts: bool
    quality: tuple[float, ...] = ()


def scan_of(page: Page) -> Scan:
    """The scan behind a page's row."""
    return Scan(page.id, page.sheet_id, is_countable(page), quality_of(page))


def is_countable(page: Page) -> bool:
    """True where the page may count: recognition found it sound, or a person has let it count."""
    return page.kit_number is not None and (page.accepted or page.verdict in (Verdict.OK, Verdict.WARNING))


def quality_of(page: Page) -> tuple[float, ...]:
    """Verdict, number of faults, the weakest symbol, dots: the more important comes first, larger is better."""
    report = page.report
    grades = [symbol.get("grade") or 0.0 for symbol in report.get("symbols", ()) if symbol.get("state") != "missing"]
    return (
        float(page.verdict == Verdict.OK),
        -float(len(faults(report))),
        min(grades, default=0.0) // GRADE_STEP,
        float(min(report.get("dpi") or 0, FINE_DPI) // DPI_STEP),
    )


def faults(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [problem for problem in report.get("problems", ()) if problem.get("severity") != "note"]


def best(scans: list[Scan]) -> Scan | None:
    """The scan that counts: the best of those that may; of equally good ones the first."""
    return max((scan for scan in scans if scan.counts), key=lambda scan: (scan.quality, -scan.page_id), default=None)
