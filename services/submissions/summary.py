"""The one summary of a batch: pictures of bad pages, then the words."""

from collections import defaultdict
from collections.abc import Sequence

from recognition.codes import PageProblem
from services.conversation.screen import (
    MOST_CAPTION_LETTERS,
    MOST_LETTERS,
    MOST_PICTURES,
    Action,
    Attachment,
    Screen,
    Style,
)
from services.kits.credit import Credit
from services.kits.state_line import counted
from services.submissions.batch_view import BatchView, FileView, PageView
from services.submissions.phrases import (
    MOST_LISTED,
    listed,
    lower_first,
    missing_of,
    one_or_many,
    problem_text,
    ranges,
    refusal_text,
    whereabouts,
    worst,
)
from services.texts import Texts

PARTICIPANTS_STEP = "participants"

ROOM = MOST_LETTERS - 300
"""Letters for the blocks of a summary; what is left is for the last words."""


def summary(texts: Texts, batch: BatchView) -> tuple[Screen, ...]:
    """The messages of one batch, in their order: at most ten pictures, worst first, and one text with buttons."""
    pictured = [page for page in batch.bad_pages if page.picture][:MOST_PICTURES]
    words = Screen(text="\n\n".join(fit(texts, blocks(texts, batch, pictured))), rows=buttons(texts, batch, pictured))
    return (*album(texts, pictured), words)


def album(texts: Texts, pages: Sequence[PageView]) -> tuple[Screen, ...]:
    """Pictures with all their facts in words beside them; one picture alone carries its words as its text."""
    if not pages:
        return ()
    pictures = tuple(Attachment(page.picture or "", f"page-{page.number}.jpg", caption(texts, page)) for page in pages)
    if len(pictures) == 1:
        return (Screen(text=pictures[0].caption, pictures=pictures),)
    return (Screen(pictures=pictures),)


def caption(texts: Texts, page: PageView) -> str:
    """What is wrong, where the sheet is, what to do; the file's name gives way where letters are short."""
    finding = worst(page)
    title = lower_first(problem_text(texts, finding.code, "title", finding.detail))
    others = [lower_first(problem_text(texts, also.code, "title", also.detail)) for also in page.findings[1:3]]
    lines = (
        texts("upload.page.title", number=page.number, title=title),
        " ".join((texts.html("upload.page.file", name=page.file[:60]), whereabouts(texts, page))).strip(),
        squares(texts, page),
        texts("upload.page.also", others="; ".join(others)) if others else "",
        problem_text(texts, finding.code, "remedy", finding.detail),
    )
    whole = "\n".join(line for line in lines if line)
    return whole if len(whole) <= MOST_CAPTION_LETTERS else "\n".join((lines[0], lines[4]))[:MOST_CAPTION_LETTERS]


def squares(texts: Texts, page: PageView) -> str:
    """Which black squares were not found, by their corners."""
    if worst(page).code != PageProblem.FIDUCIALS_MISSING:
        return ""
    names = [texts(f"upload.square.{name}") for name in page.missing_squares]
    return texts("upload.page.squares", squares=", ".join(names)) if names else ""


def blocks(texts: Texts, batch: BatchView, pictured: Sequence[PageView]) -> list[str]:
    """The parts of the text, most needed first; empty parts are left out."""
    parts = (
        headline(texts, batch),
        kits(texts, batch),
        unpictured(texts, batch, pictured),
        refused(texts, batch.files),
        strangers(texts, batch),
        warnings(texts, batch),
        repeats(texts, batch),
        photos(texts, batch.files),
        next_step(texts, batch),
    )
    return [part for part in parts if part]


def headline(texts: Texts, batch: BatchView) -> str:
    """What happened, in one bold line, and to which files."""
    lines = (f"<b>{outcome(texts, batch)}</b>", files_line(texts, batch.files))
    return "\n".join(line for line in lines if line)


def outcome(texts: Texts, batch: BatchView) -> str:
    pages = [page for page in batch.pages if page.verdict != "blank"]
    accepted, refused_files = sum(page.counts for page in pages), [file for file in batch.files if file.refusal]
    if not pages and refused_files:
        return one_or_many(texts, "upload.outcome.no_file", len(refused_files))
    if not pages and not batch.pages:
        return one_or_many(texts, "upload.outcome.same_file", len(batch.files))
    if not pages:
        return one_or_many(texts, "upload.outcome.blank", len(batch.pages))
    if accepted == len(pages):
        return one_or_many(texts, "upload.outcome.all", accepted)
    if accepted == 0:
        return one_or_many(texts, "upload.outcome.none", len(pages))
    return texts.n("upload.outcome.some", len(pages), accepted=accepted)


def files_line(texts: Texts, files: Sequence[FileView]) -> str:
    if len(files) == 1 and files[0].same_as is not None:
        return ""
    if len(files) == 1:
        return texts.html("upload.files.one", name=files[0].name)
    return texts.n("upload.files.many", len(files))


def kits(texts: Texts, batch: BatchView) -> str:
    """How many kits are complete, and what each of the others lacks."""
    counts = batch.counts
    lines = [f"<b>{counted(texts, counts)}</b>"]
    lacking = [missing_of(texts, kit) for kit in counts.lacking[:MOST_LISTED]]
    lines += [texts("upload.kits.lacking"), *lacking] if lacking else []
    if len(counts.lacking) > MOST_LISTED:
        lines.append(texts.n("upload.kits.lacking_more", len(counts.lacking) - MOST_LISTED))
    return "\n".join(lines)


def unpictured(texts: Texts, batch: BatchView, pictured: Sequence[PageView]) -> str:
    """Bad pages that have no picture here."""
    left = [page for page in batch.bad_pages if page not in pictured]
    if not left:
        return ""
    if len(left) > 3 or pictured:
        return texts.n("upload.pages.more", len(left))
    return "\n\n".join(caption(texts, page) for page in left)


def refused(texts: Texts, files: Sequence[FileView]) -> str:
    """Files that could not be read, each with its remedy."""
    told = [
        texts(
            "upload.refused_file",
            name=texts.html("upload.name", name=file.name),
            title=lower_first(refusal_text(texts, file.refusal or "", "title", file.refusal_detail)),
            remedy=refusal_text(texts, file.refusal or "", "remedy", file.refusal_detail),
        )
        for file in files
        if file.refusal
    ]
    if len(told) > MOST_LISTED:
        told = [*told[:MOST_LISTED], texts.n("upload.refused_files.more", len(told) - MOST_LISTED)]
    return "\n".join(told)


def strangers(texts: Texts, batch: BatchView) -> str:
    """Sound pages that count for nobody here: those of surplus kits and of another college's kits."""
    lines = []
    if surplus := kits_with(batch, Credit.SURPLUS):
        lines.append(one_or_many(texts, "upload.surplus", batch.counts.declared or 0, kits=listed(texts, surplus)))
    if other := kits_with(batch, Credit.OTHER_COLLEGE):
        lines.append(one_or_many(texts, "upload.other_college", len(other), kits=listed(texts, other)))
    return "\n".join(lines)


def kits_with(batch: BatchView, credit: Credit) -> list[str]:
    return sorted({page.kit for page in batch.pages if page.credit == credit and page.kit})


def warnings(texts: Texts, batch: BatchView) -> str:
    """Remarks on pages that count all the same, one line a kind of problem."""
    found: defaultdict[str, list[PageView]] = defaultdict(list)
    photos_sent = any(file.is_photo for file in batch.files)
    for page in batch.pages:
        for finding in page.findings:
            if page.verdict == "warning" and not (photos_sent and finding.code == "photo_not_scan"):
                found[finding.code].append(page)
    lines = [remark(texts, code, pages) for code, pages in found.items()]
    return "\n".join([texts("upload.remarks"), *lines[:MOST_LISTED]]) if lines else ""


def remark(texts: Texts, code: str, pages: Sequence[PageView]) -> str:
    detail = next(finding.detail for finding in pages[0].findings if finding.code == code)
    return texts(
        "upload.remark",
        title=problem_text(texts, code, "title", detail),
        where=places(texts, pages),
        remedy=problem_text(texts, code, "remedy", detail),
    )


def places(texts: Texts, pages: Sequence[PageView]) -> str:
    """Pages by their files, as HTML: `scan-1.pdf, стр. 3, 7–9`."""
    by_file: defaultdict[str, list[int]] = defaultdict(list)
    for page in pages:
        by_file[page.file].append(page.number)
    named = [texts.html("upload.where", name=name, pages=ranges(numbers)) for name, numbers in by_file.items()]
    return listed(texts, named, 3)


def repeats(texts: Texts, batch: BatchView) -> str:
    """What was sent before: news, not a fault."""
    again = [page for page in batch.pages if page.credit == Credit.AGAIN]
    lines = [one_or_many(texts, "upload.again", len(again))] if again else []
    same = [file for file in batch.files if file.same_as is not None]
    lines += [texts.html("upload.same_file", name=file.name) for file in same[:MOST_LISTED]]
    if blank := sum(page.verdict == "blank" for page in batch.pages):
        lines.append(texts.n("upload.blank", blank))
    return "\n".join(lines)


def photos(texts: Texts, files: Sequence[FileView]) -> str:
    return texts("upload.photo") if any(file.is_photo for file in files) else ""


def next_step(texts: Texts, batch: BatchView) -> str:
    """The one thing to do now."""
    if batch.finished:
        return texts("upload.next.finished")
    if batch.counts.all_there:
        return texts("upload.next.finish")
    if batch.counts.declared is None:
        return texts("upload.next.declare")
    return texts("upload.next.rescan" if batch.bad_pages else "upload.next.scan")


def fit(texts: Texts, parts: Sequence[str]) -> list[str]:
    """As many parts as one message holds, and a word about the rest; the last part is the next step and stays."""
    *body, last = parts
    kept: list[str] = []
    for part in body:
        if sum(len(one) + 2 for one in (*kept, part, last)) > ROOM:
            kept.append(texts("upload.cut"))
            break
        kept.append(part)
    return [*kept, last]


def buttons(texts: Texts, batch: BatchView, pictured: Sequence[PageView]) -> tuple[tuple[Action, ...], ...]:
    """«Завершить» stands here at N of N only; the use case checks it again."""
    place = batch.participation_id
    home = Action(texts("upload.button.home"), "home", place)
    picture = Action(texts("upload.button.picture"), "kits_picture", place)
    more = Action(texts("upload.button.all_pages"), "bad_pages", place, str(batch.batch_id))
    left = (more,) if len(batch.bad_pages) > len(pictured) else ()
    main = () if batch.finished else (main_button(texts, batch),)
    return tuple(row for row in (main, left, (picture, home)) if row)


def main_button(texts: Texts, batch: BatchView) -> Action:
    if batch.counts.all_there:
        return Action(texts("upload.button.finish"), "finish", batch.participation_id, style=Style.GOOD)
    if batch.counts.declared is None:
        return Action(texts("upload.button.declare"), "step", batch.participation_id, PARTICIPANTS_STEP, Style.MAIN)
    return Action(texts("upload.button.upload"), "upload", batch.participation_id, style=Style.MAIN)
