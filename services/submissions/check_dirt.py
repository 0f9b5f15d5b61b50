"""Dirt on the glass over the files of a set: one scanner, one place, many pages."""

from collections.abc import Mapping
from dataclasses import replace

from recognition.report import FileReport
from recognition.verdict.dirty_glass import with_dirty_glass


def name_dirt(files: Mapping[str, FileReport]) -> dict[str, FileReport]:
    """The reports with `dirty_glass` in the place of `streaks` where several pages show one line at one place."""
    told = iter(with_dirty_glass([page for report in files.values() for page in report.pages]))
    return {path: replace(report, pages=tuple(next(told) for _ in report.pages)) for path, report in files.items()}
