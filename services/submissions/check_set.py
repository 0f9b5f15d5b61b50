"""The whole rule set over the reports of a set of files, without a messenger and without a database."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from recognition.codes import PageProblem, Verdict
from recognition.form import Form
from recognition.report import FileReport, PageReport
from services.kits.rules import ANSWER_SHEET, missing_pages
from services.submissions.check_issued import missing_kits
from services.texts import Texts

REQUIREMENTS = ("answer_sheet", "answer_sheet+1", "all")
COMPLETE, INCOMPLETE, CONFLICT, SURPLUS = "complete", "incomplete", "conflict", "surplus"


@dataclass(frozen=True, slots=True)
class KitOutcome:
    """One kit of the set. `pages_seen` and `missing` are page numbers in order."""

    kit: str
    status: str
    pages_seen: tuple[int, ...]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SetOutcome:
    """What the set amounts to for so many participants. `missing_kits` were given out and are not there; None where it
    is not known which kits were given out.
    """

    files: Mapping[str, FileReport]
    kits: tuple[KitOutcome, ...]
    participants: int
    require: str
    missing_kits: tuple[str, ...] | None = None

    @property
    def pages(self) -> list[PageReport]:
        """All pages of all files, in order."""
        return [page for report in self.files.values() for page in report.pages]

    @property
    def kits_complete(self) -> int:
        """How many kits are complete; never more than there are participants."""
        return sum(kit.status == COMPLETE for kit in self.kits)

    @property
    def in_order(self) -> bool:
        """True where N of N kits are complete, none is in conflict or missing, and no page and no file was refused."""
        return (
            self.kits_complete == self.participants
            and not self.missing_kits
            and all(kit.status != CONFLICT for kit in self.kits)
            and all(page.verdict is not Verdict.REJECTED for page in self.pages)
            and all(report.error is None for report in self.files.values())
        )


def check_set(
    files: Mapping[str, FileReport],
    form: Form,
    participants: int,
    require: str,
    issued: Collection[str] | None = None,
) -> SetOutcome:
    """Counts the kits of a set of files, given by path in the order in which they were scanned.

    A page counts where its report is sound; seen twice it counts once. The first N kits to become whole are complete;
    once there are N, every other kit is surplus. A kit of which a page was printed twice is in conflict and counts for
    nothing. Where the kits given out are known, `issued`, those that are not there are named. Raises ValueError for an
    unknown requirement.
    """
    seen: dict[str, set[int]] = {}
    lengths: dict[str, int] = {}
    whole: list[str] = []
    torn = {page.kit for report in files.values() for page in report.pages if _printed_twice(page)}
    for page in (page for report in files.values() for page in report.pages if page.kit is not None):
        kit = page.kit or ""
        pages = seen.setdefault(kit, set())
        lengths.setdefault(kit, page.pages or form.pages)
        if page.sound and page.page is not None:
            pages.add(page.page)
        if kit not in whole and kit not in torn and missing_pages(require, lengths[kit], pages).nothing:
            whole.append(kit)
    complete = whole[:participants]
    rest = SURPLUS if len(complete) == participants else INCOMPLETE
    kits = tuple(
        KitOutcome(
            kit,
            CONFLICT if kit in torn else COMPLETE if kit in complete else rest,
            tuple(sorted(pages)),
            _missing(require, lengths[kit], pages),
        )
        for kit, pages in sorted(seen.items(), key=lambda item: (len(item[0]), item[0]))
    )
    missing = None if issued is None else missing_kits(files, issued)
    return SetOutcome(files, kits, participants, require, missing)


def _printed_twice(page: PageReport) -> bool:
    return any(problem.code is PageProblem.DOUBLE_PRINT for problem in page.problems)


def _missing(require: str, pages: int, seen: set[int]) -> tuple[int, ...]:
    """Numbers of the pages that a kit lacks; where any task page would do, the first stands for it."""
    lacks = missing_pages(require, pages, seen)
    return (*lacks.pages, ANSWER_SHEET + 1) if lacks.any_task else lacks.pages


def outcome_json(outcome: SetOutcome, texts: Texts) -> dict[str, Any]:
    """The object that `aprobot check --json` prints; its keys are documented in docs/check-json.md."""
    verdicts = [page.verdict for page in outcome.pages]
    return {
        "files": [_file(path, report, texts) for path, report in outcome.files.items()],
        "kits": [
            {
                "kit": kit.kit,
                "status": kit.status,
                "pages_seen": list(kit.pages_seen),
                "missing_pages": list(kit.missing),
            }
            for kit in outcome.kits
        ],
        "summary": {
            "files": len(outcome.files),
            "pages": len(verdicts),
            "ok": verdicts.count(Verdict.OK),
            "warnings": verdicts.count(Verdict.WARNING),
            "rejected": verdicts.count(Verdict.REJECTED),
            "kits_complete": outcome.kits_complete,
            "participants": outcome.participants,
            "require": outcome.require,
            **({} if outcome.missing_kits is None else {"missing_kits": list(outcome.missing_kits)}),
        },
    }


def why_refused(report: FileReport, texts: Texts) -> tuple[str, str]:
    """Title and remedy of a file that could not be read; of an archive also which file in it is meant."""
    title, remedy = (texts(f"file_error.{report.error}.{part}", **report.detail) for part in ("title", "remedy"))
    if "entry" in report.detail:
        remedy = f"{remedy} {texts('file_error.entry', entry=report.detail['entry'])}"
    return title, remedy


def _file(path: str, report: FileReport, texts: Texts) -> dict[str, Any]:
    error = None
    if report.error is not None:
        title, remedy = why_refused(report, texts)
        error = {"code": report.error.value, "message": f"{title}. {remedy}"}
    return {"path": path, "error": error, "pages": [_page(page, texts) for page in report.pages]}


def _page(page: PageReport, texts: Texts) -> dict[str, Any]:
    return {
        "index": page.index,
        **({} if page.entry is None else {"entry": page.entry}),
        "verdict": page.verdict.value,
        "kit": page.kit,
        "page": page.page,
        "kind": page.kind,
        "qr": page.qr.value,
        "symbols": [asdict(one) for one in page.symbols],
        "fiducials": {
            "expected": page.fiducials.expected,
            "found": page.fiducials.found,
            "missing": list(page.fiducials.missing),
        },
        "rotation": page.rotation,
        "skew_deg": page.skew_deg,
        "scale_x_pct": page.scale_x_pct,
        "scale_y_pct": page.scale_y_pct,
        "dpi": page.dpi,
        "problems": [
            {
                "code": problem.code.value,
                "severity": problem.severity.value,
                "place_mm": _box(problem.place_mm),
                "place_px": _box(problem.place_px),
                "detail": problem.detail,
                "remedy": texts(f"problem.{problem.code}.remedy", **problem.detail),
            }
            for problem in page.problems
        ],
    }


def _box(box: tuple[float, float, float, float] | None) -> list[float] | None:
    return None if box is None else list(box)
