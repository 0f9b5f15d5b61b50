"""The upload page in words: pure functions of what was read. Values come escaped where a text holds markup."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.kits.counts import KitCounts, PartialKit
from services.kits.credit import Credit
from services.submissions.batch_view import FileView, PageView
from services.submissions.deeds import Deed, deeds
from services.submissions.phrases import (
    figure,
    listed,
    lower_first,
    one_or_many,
    problem_text,
    ranges,
    refusal_text,
    whereabouts,
    worst,
)
from services.submissions.summary import caption, squares
from services.texts import Texts
from services.uploads.list_files import FileList, FileRow, RowState

MOST_FAULTS = 6
MOST_TOLD = 2
TOLD = (Credit.AGAIN, Credit.UNDECIDED, Credit.ASIDE)
STRANGERS = (Credit.SURPLUS, Credit.OTHER_COLLEGE)
MOST_KITS = 10


@dataclass(frozen=True, slots=True)
class Tile:
    """One page as a small picture. `mark`: bad, remark, good or plain; `words` is HTML, empty for good pages."""

    number: int
    mark: str
    label: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class RowWords:
    """One file of the list. `tone` colours its state, whose words do without colour; `faults` is HTML.

    `wants_new`: a new scan of the sheets is the thing to do, so the button for it stands beside the faults.
    """

    key: str
    submission: int
    name: str
    size: str
    tone: str
    state: str
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    share: int | None = None
    may_cancel: bool = False
    wants_new: bool = False
    tiles: tuple[Tile, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Both counts, what is missing or, at N of N, what comes next; `lacking` is HTML."""

    files: str
    kits: str
    lacking: tuple[str, ...]
    older: str
    done: str


def totals(texts: Texts, files: FileList, *, is_open: bool = True) -> Totals:
    return Totals(
        files=texts("web.totals.files", settled=files.settled, files=files.files) if files.files else "",
        kits=kits(texts, files.counts),
        lacking=lacking(texts, files.counts),
        older=texts.n("web.totals.older", files.older) if files.older else "",
        done=texts("web.totals.done") if is_open and files.counts.all_there else "",
    )


def kits(texts: Texts, counts: KitCounts) -> str:
    if counts.declared is None:
        return texts("web.totals.kits.undeclared", complete=counts.whole)
    return texts("web.totals.kits", complete=counts.complete, declared=counts.declared)


def lacking(texts: Texts, counts: KitCounts) -> tuple[str, ...]:
    """Kits of which pages are missing, each with the pages."""
    named = tuple(lacks(texts, kit) for kit in counts.lacking[:MOST_KITS])
    more = len(counts.lacking) - len(named)
    return (*named, texts("web.totals.lacking_more", n=more)) if more else named


def lacks(texts: Texts, kit: PartialKit) -> str:
    pages = ranges(kit.missing) if kit.missing else texts("web.totals.any_task")
    return texts.html("web.totals.lacks", kit=kit.number, pages=pages)


def row_words(texts: Texts, row: FileRow, *, is_open: bool = True) -> RowWords:
    """How far one file is; where no scans are taken any more, a stopped upload is not asked to go on."""
    if row.state in (RowState.UPLOADING, RowState.STOPPED):
        return coming(texts, row, is_open=is_open)
    if row.file is None:
        return under_check(texts, row)
    return refused(texts, row, row.file) if row.state == RowState.REFUSED else checked(texts, row, row.file)


def coming(texts: Texts, row: FileRow, *, is_open: bool) -> RowWords:
    share = math.floor(row.received * 100 / (row.size or 1))
    stopped = row.state == RowState.STOPPED
    return replace(
        words(texts, row, "stopped" if stopped else "going", texts(f"web.row.{row.state}", share=share)),
        notes=(texts("web.row.choose_again", share=share),) if stopped and is_open else (),
        share=share,
        may_cancel=True,
    )


def under_check(texts: Texts, row: FileRow) -> RowWords:
    state = texts(f"web.row.{row.state}", page=row.page, pages=row.pages)
    share = math.floor(row.page * 100 / row.pages) if row.pages else None
    return replace(words(texts, row, "going", state), notes=test_note(texts, row), share=share)


def refused(texts: Texts, row: FileRow, file: FileView) -> RowWords:
    title, remedy = (refusal_text(texts, file.refusal or "", part, file.refusal_detail) for part in ("title", "remedy"))
    told = (f"<b>{title}</b>. {remedy}",)
    return replace(words(texts, row, "bad", texts("web.row.refused")), faults=told, wants_new=True)


def checked(texts: Texts, row: FileRow, file: FileView) -> RowWords:
    """Pages in the file and pages taken, always both; then each fault by its page."""
    if file.same_as is not None:
        counted = not (file.same_was_bad or file.same_not_counted)
        return words(texts, row, "plain", texts("web.row.same" if counted else "web.row.same_bad", name=file.same_as))
    bad = [page for page in file.pages if page.is_bad]
    taken = sum(page.passes for page in file.pages)
    state = texts.n("web.row.checked", len(file.pages), taken=taken)
    return replace(
        words(texts, row, tone_of(file, bad), state),
        faults=faults(texts, bad),
        wants_new=Deed.SCAN in deeds(bad),
        notes=(*test_note(texts, row), *credit_notes(texts, file), *blanks(texts, file)),
        tiles=tuple(tile(texts, page) for page in file.pages),
    )


def tone_of(file: FileView, bad: Sequence[PageView]) -> str:
    if bad:
        return "bad"
    return "good" if any(page.passes for page in file.pages) else "plain"


def faults(texts: Texts, bad: Sequence[PageView]) -> tuple[str, ...]:
    """Few faults each with the place of the sheet and what to do; of many the pictures tell the rest."""
    told = whole_fault if len(bad) <= MOST_TOLD else fault
    lines = [told(texts, page) for page in bad[:MOST_FAULTS]]
    more = len(bad) - len(lines)
    return (*lines, texts.n("web.row.faults_more", more)) if more else tuple(lines)


def fault(texts: Texts, page: PageView) -> str:
    finding = worst(page)
    title = lower_first(problem_text(texts, finding.code, "title", finding.detail))
    return texts("web.row.fault", number=page.number, title=title)


def whole_fault(texts: Texts, page: PageView) -> str:
    finding = worst(page)
    lines = (
        fault(texts, page),
        whereabouts(texts, page),
        squares(texts, page),
        problem_text(texts, finding.code, "remedy", finding.detail),
    )
    return "\n".join(line for line in lines if line)


def blanks(texts: Texts, file: FileView) -> tuple[str, ...]:
    numbers = [page.number for page in file.pages if page.verdict == "blank"]
    return (texts("web.row.blank", pages=ranges(numbers)),) if numbers else ()


def credit_notes(texts: Texts, file: FileView) -> tuple[str, ...]:
    """What the ledger made of sound pages that do not simply count, in the chat's own words."""
    told = [(f"upload.{credit}", [page for page in file.pages if page.credit == credit]) for credit in TOLD]
    told.append(("upload.better", [page for page in file.pages if page.replaces]))
    words = [one_or_many(texts, key, len(pages)) for key, pages in told if pages]
    for credit in STRANGERS:
        kits = sorted({page.kit for page in file.pages if page.credit == credit and page.kit})
        words += [texts(f"web.row.{credit}", kits=listed(texts, kits))] if kits else []
    return tuple(words)


def test_note(texts: Texts, row: FileRow) -> tuple[str, ...]:
    return (texts("web.row.test"),) if row.is_test else ()


def tile(texts: Texts, page: PageView) -> Tile:
    """Good pages carry their number alone; nothing of ours covers a fault."""
    if page.is_bad:
        return Tile(page.number, "bad", short(texts, page), caption(texts, page))
    if page.verdict == "warning":
        return Tile(page.number, "remark", short(texts, page), caption(texts, page))
    return Tile(page.number, "good" if page.passes else "plain", place(texts, page))


def short(texts: Texts, page: PageView) -> str:
    """One to three words for a small picture."""
    key = f"problem.{worst(page).code}.label"
    return texts(key) if texts.has(key) else texts("web.tile.bad")


def place(texts: Texts, page: PageView) -> str:
    if page.kit is None:
        return texts("web.tile.blank") if page.verdict == "blank" else texts("web.tile.unknown")
    return texts("web.tile.place", kit=page.kit, page=page.page or "?")


def words(texts: Texts, row: FileRow, tone: str, state: str) -> RowWords:
    return RowWords(row.key, row.submission_id or 0, row.name, size(texts, row.size), tone, state)


def size(texts: Texts, size_bytes: int | None) -> str:
    """Megabytes as a person reads them; small files in kilobytes."""
    if size_bytes is None:
        return ""
    if size_bytes < 1_000_000:
        return texts("web.size.kb", size=math.ceil(size_bytes / 1000))
    megabytes = size_bytes / 1_000_000
    return texts("web.size.mb", size=figure(texts, megabytes if megabytes < 10 else float(round(megabytes))))
