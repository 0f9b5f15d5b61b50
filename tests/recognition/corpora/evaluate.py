"""Makes a page of the corpus, gives its file to the product, and holds what is said against what is true."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from recognition.codes import PageProblem, Severity, Verdict
from recognition.files.open_file import open_file
from recognition.form import build_payload
from recognition.pages.check import check_page
from recognition.report import PageReport
from recognition.verdict.dirty_glass import with_dirty_glass
from tests.recognition.corpora.cascade import cascade
from tests.recognition.corpora.codes import CODES
from tests.recognition.corpora.good import good
from tests.recognition.corpora.making import Making
from tests.recognition.corpora.pages import EVENT
from tests.recognition.corpora.reads import STUDY, one_symbol, two_symbols
from tests.recognition.corpora.scan_codes import dirty_glass

FAMILIES = ("good", "read", "two", "code")
UNHARMFUL = (Severity.NOTE,)


@dataclass(frozen=True)
class Outcome:
    """One page: what was owed and what was said. `said` holds all codes, `alarms` those of a warning or worse."""

    family: str
    name: str
    number: int
    note: str
    dpi: int
    mode: str
    form: str
    harms: frozenset[str]
    allowed: frozenset[str]
    instead: frozenset[str]
    said: frozenset[str]
    alarms: frozenset[str]
    verdict: str
    read: bool
    misread: bool
    must_be_named: bool
    by_cascade: bool | None

    @property
    def named(self) -> bool:
        return bool(self.harms & self.said) or bool(self.instead & self.said)

    @property
    def uncalled(self) -> frozenset[str]:
        """Codes said for which nothing was done to the page."""
        return self.said - self.harms - self.allowed


def names(family: str) -> list[str]:
    return {"good": ["good"], "read": list(STUDY), "two": list(STUDY), "code": [*CODES, "dirty_glass"]}[family]


def outcomes(family: str, name: str, number: int, seed: int) -> list[Outcome]:
    """The pages of one item of a class; the same for the same seed, whatever else is run."""
    rng = np.random.default_rng([seed, FAMILIES.index(family), sum(map(ord, name)), number])
    makings = list(_made(family, name, rng))
    with tempfile.TemporaryDirectory() as folder:
        reports, by_cascade = zip(*_reports(makings, Path(folder), seek_cascade=family == "read"), strict=True)
    judged = zip(makings, with_dirty_glass(reports), by_cascade, strict=True)
    return [_outcome(family, name, number, *said) for said in judged]


def _made(family: str, name: str, rng: np.random.Generator) -> Iterable[Making]:
    if family == "good":
        return [good(rng)]
    if family == "read":
        return [one_symbol(rng, STUDY[name])]
    if family == "two":
        return [two_symbols(rng, STUDY[name])]
    return dirty_glass(rng) if name == "dirty_glass" else [CODES[name](rng)]


def _reports(makings: list[Making], folder: Path, *, seek_cascade: bool) -> Iterator[tuple[PageReport, bool | None]]:
    for number, making in enumerate(makings):
        path = folder / str(number)
        data = making.file()
        path.write_bytes(data)
        # The event is always asked for: a symbol of another one is part of what the product must say.
        report, _ = check_page(0, open_file(path).page(0), making.form, EVENT)
        yield report, _text(making) in cascade(data) if seek_cascade and not data.startswith(b"%PDF") else None


def _text(making: Making) -> str:
    page = making.page
    return build_payload(page.form, event=page.event, kit=page.kit, page=page.number, pages=page.form.pages)


def _outcome(
    family: str, name: str, number: int, making: Making, report: PageReport, by_cascade: bool | None
) -> Outcome:
    right = (report.kit, report.page) == (making.page.kit, making.page.number)
    # Of a page whose own name cannot be there, no name may be said; of two pages on one, that of neither is wrong.
    strange = report.kit is not None and not right and name != "two_pages_on_one"
    credited = making.blank and report.kit is not None
    return Outcome(
        family,
        name,
        number,
        making.note,
        making.scanner.dpi,
        "photo" if making.photo else making.scanner.mode,
        making.form.name,
        making.harms,
        making.allowed,
        making.instead,
        frozenset(problem.code.value for problem in report.problems),
        frozenset(problem.code.value for problem in report.problems if problem.severity not in UNHARMFUL),
        report.verdict.value,
        right and not making.blank,
        strange or credited,
        making.named,
        by_cascade,
    )


def is_blank(outcome: Outcome) -> bool:
    return outcome.verdict == Verdict.BLANK and PageProblem.BLANK_PAGE in outcome.said


cv2.setNumThreads(1)
