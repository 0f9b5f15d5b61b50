"""The first corpus, from the product's own simulator: its defects named, its sound pages left in peace."""

import itertools
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from recognition.codes import PageProblem, Severity
from recognition.files.open_file import open_file
from recognition.form import practice_form
from recognition.pages.check import check_page
from recognition.simulator import DEFECTS, FileFormat, Mode, ScanSettings, encode, scan_pages
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts

EVENT = "TEST"
OF_A_SET = (PageProblem.DOUBLE_PRINT, PageProblem.SAME_SHEET_AGAIN, PageProblem.DIRTY_GLASS)
"""Told of pages beside each other, not of one."""
OF_ANSWER_SHEETS = (PageProblem.FIDUCIALS_MISSING, PageProblem.FIDUCIAL_DEFECT)
IN_A_RUN, RUNS = 20, 6
"""Pages a run, of which half are harmed, and runs a code at scale 1."""

Job = tuple[str, int, int, Mode]


@dataclass(frozen=True)
class Simulated:
    """One page: the harm that was asked for, or None where it was left sound; and what was said."""

    code: str
    harm: str | None
    said: frozenset[str]
    alarms: frozenset[str]
    right: bool


def planned(seed: int, scale: float, classes: list[str]) -> Iterator[Job]:
    """A quarter of the runs at 300 dpi, the others at 150 and 200; half of them grey."""
    looks = itertools.cycle(itertools.product((150, 200, 150, 300), (Mode.GREY, Mode.COLOUR, Mode.GREY, Mode.BILEVEL)))
    for code in DEFECTS:
        if code not in OF_A_SET and (not classes or code.value in classes):
            for run in range(max(1, round(RUNS * scale))):
                dpi, mode = next(looks)
                yield code.value, seed + run, dpi, mode


@lru_cache(maxsize=2)
def _kits(seed: int, pages: int) -> bytes:
    return MakeKits(load_texts("ru"))(KitOrder(kits=IN_A_RUN // pages, pages=pages, event=EVENT, seed=seed))


def run(job: Job) -> list[Simulated]:
    return list(_run(*job))


def _run(code: str, seed: int, dpi: int, mode: Mode) -> Iterator[Simulated]:
    pages = 1 if code in OF_ANSWER_SHEETS else 4
    form = practice_form(pages)
    settings = ScanSettings(
        dpi=dpi, mode=mode, defects=(PageProblem(code),), rotations=(0, 90, 180, 270), seed=seed, form=form
    )
    file_format = FileFormat.PNG if mode is Mode.BILEVEL else FileFormat.JPG
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(scan_pages(_kits(seed, pages), settings)):
            path = Path(folder) / str(number)
            path.write_bytes(encode(page, file_format).data)
            report, _ = check_page(0, open_file(path).page(0), form, EVENT)
            yield Simulated(
                code,
                code if page.truth.defects else None,
                frozenset(problem.code.value for problem in report.problems),
                frozenset(problem.code.value for problem in report.problems if problem.severity is not Severity.NOTE),
                report.kit is None or (report.kit, report.page) == (page.truth.kit, page.truth.page),
            )


def table(pages: Iterable[Simulated]) -> Iterator[str]:
    by_code: dict[str, list[Simulated]] = defaultdict(list)
    for page in pages:
        by_code[page.code].append(page)
    if not by_code:
        return
    yield "\n| simulator's corpus | harmed | recall | sound | false alarms | misread |"
    yield "|---|---|---|---|---|---|"
    for code, found in by_code.items():
        harmed = [page for page in found if page.harm]
        sound = [page for page in found if not page.harm]
        named = sum(code in page.said for page in harmed) / max(1, len(harmed))
        alarms = Counter(alarm for page in sound for alarm in page.alarms)
        misread = sum(not page.right for page in found)
        yield f"| {code} | {len(harmed)} | {named:.3f} | {len(sound)} | {dict(alarms) or 0} | {misread} |"
