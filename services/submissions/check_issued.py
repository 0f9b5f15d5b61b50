"""Kits among the files of a set against those that a college was given to print."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from recognition.codes import PageProblem, Severity, Verdict
from recognition.report import FileReport, PageReport, Problem
from services.kits.rules import by_number

UNKNOWN = Problem(PageProblem.UNKNOWN_KIT, Severity.REJECTED)


def name_unknown(files: Mapping[str, FileReport], issued: Collection[str]) -> dict[str, FileReport]:
    """The reports with `unknown_kit` on every page of a kit that was not given out: it does not count."""
    return {
        path: replace(report, pages=tuple(judged(page, issued) for page in report.pages))
        for path, report in files.items()
    }


def judged(page: PageReport, issued: Collection[str]) -> PageReport:
    if page.kit is None or page.kit in issued:
        return page
    return replace(page, verdict=Verdict.REJECTED, problems=(UNKNOWN, *page.problems))


def missing_kits(files: Mapping[str, FileReport], issued: Collection[str]) -> tuple[str, ...]:
    """Kits that were given out and of which no page is there, in the order of their numbers."""
    seen = {page.kit for report in files.values() for page in report.pages}
    return tuple(sorted((kit for kit in issued if kit not in seen), key=by_number))
