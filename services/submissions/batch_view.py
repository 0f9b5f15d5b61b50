"""A batch as its summary needs it: files, pages with what was found on them, and where each page lay in its file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.kits.counts import KitCounts
from services.kits.credit import Credit
from services.reviews.eligible import may_be_accepted, may_be_named
from services.submissions.models import Page, Submission

BAD_CREDITS = {
    Credit.OTHER_EVENT: "other_event",
    Credit.UNKNOWN_KIT: "unknown_kit",
    Credit.TWO_SHEETS: "double_print",
}
"""Faults of sheets that are sound in themselves, with the codes of their texts."""

LEFT_OUT = (*BAD_CREDITS, Credit.ASIDE, Credit.SURPLUS, Credit.OTHER_COLLEGE)
"""Sheets that are sound in themselves and do not count all the same."""

SEVERITIES = ("rejected", "warning", "note")
"""From worst to mildest."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a page; `detail` holds the figures that its text may name."""

    code: str
    severity: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageView:
    """One page. `number` is its place in the file, from 1; `before` and `after` are the kits it lies between.

    `may_be_accepted` and `may_be_named`: the coordinator may be asked to let it count, or who it is.
    """

    file: str
    number: int
    verdict: str
    credit: str
    kit: str | None = None
    page: int | None = None
    kind: str | None = None
    findings: tuple[Finding, ...] = ()
    missing_squares: tuple[str, ...] = ()
    picture: str | None = None
    before: str | None = None
    after: str | None = None
    replaces: bool = False
    """True where this scan counts in place of an earlier one of the same sheet."""
    page_id: int = 0
    may_be_accepted: bool = False
    may_be_named: bool = False

    @property
    def passes(self) -> bool:
        """True where nothing is wrong with the page for what it was sent for: a test scan passes without counting."""
        return self.counts or (self.credit == Credit.TEST and self.verdict in ("ok", "warning"))

    @property
    def counts(self) -> bool:
        """True where a kit has this page, now or from before."""
        return self.credit in (Credit.COUNTED, Credit.AGAIN, Credit.UNDECIDED)

    @property
    def is_bad(self) -> bool:
        """True where the sheet itself must be looked at: it was rejected or is none of the event's sheets."""
        return self.credit in BAD_CREDITS or (self.verdict in ("rejected", "foreign") and not self.counts)


@dataclass(frozen=True, slots=True)
class FileView:
    """One file. `same_as` names the earlier file with the same bytes, `same_was_bad` says that not all of its pages
    were sound, `same_not_counted` that sound ones of them do not count: put aside, surplus, somebody else's. `refusal`
    is why the file was not read.
    """

    name: str
    is_photo: bool = False
    is_test: bool = False
    refusal: str | None = None
    refusal_detail: dict[str, Any] = field(default_factory=dict)
    same_as: str | None = None
    pages: tuple[PageView, ...] = ()
    same_was_bad: bool = False
    same_not_counted: bool = False


@dataclass(frozen=True, slots=True)
class BatchView:
    """All that one summary tells."""

    batch_id: int
    participation_id: int
    files: tuple[FileView, ...]
    counts: KitCounts
    finished: bool = False
    owners: Mapping[str, str] = field(default_factory=dict)
    """The colleges that other colleges' kits belong to, by the kit's number."""

    @property
    def is_test(self) -> bool:
        """True where the files were sent before the kits were filled."""
        return any(file.is_test for file in self.files)

    @property
    def pages(self) -> list[PageView]:
        return [page for file in self.files for page in file.pages]

    @property
    def bad_pages(self) -> list[PageView]:
        """Worst first; pages equally bad stay in the order of the files."""
        return sorted((page for page in self.pages if page.is_bad), key=badness)


def badness(page: PageView) -> tuple[int, int]:
    """Worst first, and of equally bad ones those whose kit nobody knows: the ledger cannot ask for them."""
    worst = min((SEVERITIES.index(finding.severity) for finding in page.findings), default=len(SEVERITIES))
    return (worst, 0 if page.kit is None else 1)


def pages_of(submission: Submission, pages: Sequence[Page], replacing: Collection[int] = ()) -> tuple[PageView, ...]:
    """The pages of a submission in the order of its file; `replacing`: ids of those that show a sheet seen before."""
    kits = [page.kit_number for page in pages]
    return tuple(
        PageView(
            file=submission.name,
            number=page.index + 1,
            verdict=page.verdict,
            credit=page.credit,
            kit=page.kit_number,
            page=page.page_number,
            kind=page.kind,
            findings=findings_of(page),
            missing_squares=tuple(page.report.get("fiducials", {}).get("missing", ())),
            picture=page.picture_hash,
            before=nearest(reversed(kits[:place])),
            after=nearest(kits[place + 1 :]),
            page_id=page.id or 0,
            may_be_accepted=may_be_accepted(page),
            may_be_named=may_be_named(page),
            replaces=page.id in replacing and page.credit == Credit.COUNTED,
        )
        for place, page in enumerate(pages)
    )


def findings_of(page: Page) -> tuple[Finding, ...]:
    """The problems of a page, worst first."""
    found = [
        Finding(problem["code"], problem["severity"], problem.get("detail") or {})
        for problem in page.report.get("problems", ())
    ]
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))


def nearest(kits: Iterable[str | None]) -> str | None:
    return next((kit for kit in kits if kit is not None), None)
