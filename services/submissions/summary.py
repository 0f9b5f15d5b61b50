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
from services.kits.state_line import conflicts, counted
from services.reviews.own_pages import of_batch
from services.submissions.batch_view import BatchView, FileView, PageView
from services.submissions.deeds import Deed, deed, deeds
from services.submissions.notes import kits_with, repeats, strangers, surplus_title
from services.submissions.phrases import (
    MOST_LISTED,
    listed,
    lower_first,
    missing_of,
    one_or_many,
    problem_text,
    ranges,
    refusal_text,
    upper_first,
    whereabouts,
    worst,
)
from services.texts import Texts

PARTICIPANTS_STEP = "participants"
FILL_STEP = "fill"
OF_PHOTOS = frozenset({PageProblem.PHOTO_NOT_SCAN, PageProblem.LOW_RESOLUTION})

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
    also = {one.code: one for one in page.findings if one.code != finding.code}
    others = [lower_first(problem_text(texts, one.code, "title", one.detail)) for one in [*also.values()][:2]]
    lines = (
        texts("upload.page.title", number=page.number, title=title),
        " ".join((texts.html("upload.page.file", name=page.file[:60]), whereabouts(texts, page))).strip(),
        squares(texts, page),
        texts("upload.page.also", others="; ".join(others)) if others else "",
        problem_text(texts, finding.code, "remedy", finding.detail),
    )
    whole = "\n".join(line for line in lines if line)
    return whole if len(whole) <= MOST_CAPTION_LETTERS else "\n".join((lines[0], lines[4]))[:MOST_CAPTION_LETTERS]


def untitled(texts: Texts, page: PageView) -> str:
    """The same below a headline that names the fault and the file already."""
    finding = worst(page)
    lines = (
        whereabouts(texts, page),
        squares(texts, page),
        problem_text(texts, finding.code, "remedy", finding.detail),
    )
    return "\n".join(line for line in lines if line)


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
        remedy(texts, batch),
        kits(texts, batch),
        unpictured(texts, batch, pictured),
        refused(texts, batch),
        strangers(texts, batch),
        warnings(texts, batch),
        repeats(texts, batch),
        photos(texts, batch.files),
        next_step(texts, batch),
    )
    return [part for part in parts if part]


def headline(texts: Texts, batch: BatchView) -> str:
    """What happened, in one bold line that names the reason where there is one, and to which files."""
    if (refused_alone := the_refused(batch)) is not None:
        name = texts.html("upload.files.one", name=refused_alone.name)
        return f"<b>{upper_first(refusal(texts, refused_alone, 'title'))}</b>\n{name}"
    lines = (f"<b>{outcome(texts, batch)}</b>", files_line(texts, batch))
    return "\n".join(line for line in lines if line)


def outcome(texts: Texts, batch: BatchView) -> str:
    said = outcome_of(texts, batch)
    return texts("upload.test.title", outcome=lower_first(said)) if batch.is_test else said


def outcome_of(texts: Texts, batch: BatchView) -> str:
    pages, accepted = counted_pages(batch)
    if not pages:
        return without_pages(texts, batch)
    if accepted == len(pages):
        return one_or_many(texts, "upload.outcome.remarked" if remarks(batch) else "upload.outcome.all", accepted)
    if title := left_out(texts, batch, pages):
        return title
    if (alone := the_bad(batch)) is not None:
        finding = worst(alone)
        title = lower_first(problem_text(texts, finding.code, "title", finding.detail))
        return texts("upload.outcome.bad", number=alone.number, title=title)
    if accepted == 0:
        return one_or_many(texts, "upload.outcome.none", len(pages))
    return texts.n("upload.outcome.some", len(pages), accepted=accepted)


def left_out(texts: Texts, batch: BatchView, pages: Sequence[PageView]) -> str:
    """Where all pages are sound and of kits or sheets that do not count: which."""
    found = {page.credit for page in pages}
    if found == {Credit.SURPLUS}:
        return surplus_title(texts, batch)
    return one_or_many(texts, "upload.outcome.aside", len(pages)) if found == {Credit.ASIDE} else ""


def without_pages(texts: Texts, batch: BatchView) -> str:
    if any(file.refusal for file in batch.files):
        return one_or_many(texts, "upload.outcome.no_file", sum(file.refusal is not None for file in batch.files))
    if not batch.pages:
        bad = any(file.same_was_bad or file.same_not_counted for file in batch.files)
        return one_or_many(texts, "upload.outcome.same_bad" if bad else "upload.outcome.same_file", len(batch.files))
    return one_or_many(texts, "upload.outcome.blank", len(batch.pages))


def counted_pages(batch: BatchView) -> tuple[list[PageView], int]:
    """The pages that are not blank, and how many of them count; of test scans, how many would."""
    pages = [page for page in batch.pages if page.verdict != "blank"]
    return pages, sum(page.passes for page in pages)


def the_bad(batch: BatchView) -> PageView | None:
    """The one page that does not count, where it is one and its sheet is at fault."""
    uncounted = [page for page in batch.pages if page.verdict != "blank" and not page.passes]
    return uncounted[0] if len(uncounted) == 1 and uncounted[0].is_bad else None


def the_refused(batch: BatchView) -> FileView | None:
    """The one file of the batch, where it could not be read."""
    return batch.files[0] if len(batch.files) == 1 and batch.files[0].refusal and not batch.pages else None


def refusal(texts: Texts, file: FileView, part: str) -> str:
    return refusal_text(texts, file.refusal or "", part, file.refusal_detail)


def files_line(texts: Texts, batch: BatchView) -> str:
    files = batch.files
    pages, accepted = counted_pages(batch)
    if accepted < len(pages) and (alone := the_bad(batch)) is not None:
        tally = texts.n("upload.outcome.some", len(pages), accepted=accepted) + "." if len(pages) > 1 else ""
        return " ".join((texts.html("upload.files.one", name=alone.file), tally)).strip()
    if len(files) == 1 and files[0].same_as is not None:
        return ""
    if len(files) == 1:
        return texts.html("upload.files.one", name=files[0].name)
    return texts.n("upload.files.many", len(files))


def remedy(texts: Texts, batch: BatchView) -> str:
    """What to do with the one file that could not be read, before all else."""
    file = the_refused(batch)
    return refusal(texts, file, "remedy") if file is not None else ""


def kits(texts: Texts, batch: BatchView) -> str:
    """How many kits are complete, which are in dispute, and what each of the others lacks. Test scans leave all as it
    was.
    """
    if batch.is_test:
        return texts("upload.test.kits")
    counts = batch.counts
    lines = [f"<b>{counted(texts, counts)}</b>"]
    if counts.conflict:
        lines.append(conflicts(texts, counts))
    lacking = [missing_of(texts, kit) for kit in counts.lacking[:MOST_LISTED]]
    lines += [texts("upload.kits.lacking"), *lacking] if lacking else []
    if len(counts.lacking) > MOST_LISTED:
        lines.append(texts.n("upload.kits.lacking_more", len(counts.lacking) - MOST_LISTED))
    if counts.unseen:
        lines.append(texts.html("upload.kits.unseen", kits=listed(texts, counts.unseen)))
    return "\n".join(lines)


def unpictured(texts: Texts, batch: BatchView, pictured: Sequence[PageView]) -> str:
    """Bad pages that have no picture here."""
    left = [page for page in batch.bad_pages if page not in pictured]
    if not left:
        return ""
    if left == [the_bad(batch)]:
        return untitled(texts, left[0])
    if len(left) > 3 or pictured:
        return texts.n("upload.pages.more", len(left))
    return "\n\n".join(caption(texts, page) for page in left)


def refused(texts: Texts, batch: BatchView) -> str:
    """Files that could not be read, each with its remedy; one alone has been told in the first line."""
    told = [
        texts(
            "upload.refused_file",
            name=texts.html("upload.name", name=file.name),
            title=lower_first(refusal(texts, file, "title")),
            remedy=refusal(texts, file, "remedy"),
        )
        for file in batch.files
        if file.refusal and the_refused(batch) is None
    ]
    if len(told) > MOST_LISTED:
        told = [*told[:MOST_LISTED], texts.n("upload.refused_files.more", len(told) - MOST_LISTED)]
    return "\n".join(told)


def warnings(texts: Texts, batch: BatchView) -> str:
    """Remarks on pages that count all the same, one line a kind of problem."""
    lines = [remark(texts, code, pages) for code, pages in remarks(batch).items()]
    return "\n".join([texts("upload.remarks"), *lines[:MOST_LISTED]]) if lines else ""


def remarks(batch: BatchView) -> dict[str, list[PageView]]:
    """Pages by the problem remarked on them; what a photo lacks is told once, with why a file is needed."""
    found: defaultdict[str, list[PageView]] = defaultdict(list)
    photos_sent = any(file.is_photo for file in batch.files)
    for page in batch.pages:
        for code in {finding.code: finding for finding in page.findings if finding.severity != "note"}:
            if page.verdict == "warning" and not (photos_sent and code in OF_PHOTOS):
                found[code].append(page)
    return found


def remark(texts: Texts, code: str, pages: Sequence[PageView]) -> str:
    detail = next(finding.detail for finding in pages[0].findings if finding.code == code)
    return texts(
        "upload.remark",
        title=problem_text(texts, code, "title", detail),
        where=places(texts, pages),
        remedy=problem_text(texts, code, "counted" if texts.has(f"problem.{code}.counted") else "remedy", detail),
    )


def places(texts: Texts, pages: Sequence[PageView]) -> str:
    """Pages by their files, as HTML: `scan-1.pdf, стр. 3, 7–9`."""
    by_file: defaultdict[str, list[int]] = defaultdict(list)
    for page in pages:
        by_file[page.file].append(page.number)
    named = [texts.html("upload.where", name=name, pages=ranges(numbers)) for name, numbers in by_file.items()]
    return listed(texts, named, 3)


def photos(texts: Texts, files: Sequence[FileView]) -> str:
    return texts("upload.photo") if any(file.is_photo for file in files) else ""


def next_step(texts: Texts, batch: BatchView) -> str:
    """The one thing to do now."""
    if batch.is_test:
        return texts("upload.test.next")
    if batch.finished:
        return texts("upload.next.finished")
    if batch.counts.all_there:
        return texts("upload.next.surplus" if batch.counts.surplus else "upload.next.finish")
    if batch.counts.declared is None:
        return texts("upload.next.declare")
    return next_for(texts, batch.bad_pages)


def next_for(texts: Texts, bad: Sequence[PageView]) -> str:
    """What to do with the bad sheets; where that differs, each has it in its own words above."""
    wanted = deeds(bad)
    if wanted == {Deed.SCAN}:
        return one_or_many(texts, "upload.next.rescan", len(bad))
    if wanted == {Deed.WAIT}:
        return texts("upload.next.wait")
    if wanted == {Deed.ASK}:
        accept = all(page.may_be_accepted for page in bad)
        return one_or_many(texts, "upload.next.accept" if accept else "upload.next.ask", len(bad))
    return texts("upload.next.scan" if wanted <= {Deed.REMOVE} else "upload.next.each")


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
    main = () if batch.finished else (main_button(texts, batch),)
    upload = Action(texts("upload.button.upload"), "upload", place)
    left = (more,) if len(batch.bad_pages) > len(pictured) else ()
    beside = (*left, upload) if main and main[0].name in ("ticket", "ask_accept") else left
    asked = requests(texts, batch, main[0].name) if main and not batch.is_test else ()
    question = Action(texts("ticket.button.question"), "ticket", place, f"page.{batch.batch_id}")
    puzzling = any(file.refusal for file in batch.files) or batch.bad_pages
    last = (picture, home, question) if puzzling and "ticket" not in {one.name for one in main} else (picture, home)
    return tuple(row for row in (main, beside, asked[:2], asked[2:], last) if row)


def requests(texts: Texts, batch: BatchView, main: str) -> tuple[Action, ...]:
    """What only a person can decide: pages to accept or to name, surplus kits to set aside."""
    place, argument = batch.participation_id, of_batch(batch.batch_id)
    accept = Action(texts("upload.button.accept"), "accept_which", place, argument)
    found = (
        (main != "ask_accept" and to_accept(batch), accept),
        (to_name(batch), Action(texts("upload.button.name"), "name_page", place, argument)),
        (kits_with(batch, Credit.SURPLUS), Action(texts("upload.button.surplus"), "kits_here", place)),
        (kits_with(batch, Credit.SURPLUS), Action(texts("upload.button.number"), "ask_number", place)),
    )
    return tuple(action for wanted, action in found if wanted)


def to_accept(batch: BatchView) -> list[PageView]:
    """Pages that no new scan will mend, and that the coordinator may let count."""
    return [page for page in batch.bad_pages if page.may_be_accepted and deed(page) == Deed.ASK]


def to_name(batch: BatchView) -> list[PageView]:
    return [page for page in batch.bad_pages if page.may_be_named]


def main_button(texts: Texts, batch: BatchView) -> Action:
    place = batch.participation_id
    if batch.is_test:
        return Action(texts("upload.test.button"), "step", place, FILL_STEP, Style.MAIN)
    if batch.counts.all_there:
        return Action(texts("upload.button.finish"), "finish", place, style=Style.GOOD)
    if batch.counts.declared is None:
        return Action(texts("upload.button.declare"), "step", place, PARTICIPANTS_STEP, Style.MAIN)
    wanted = deeds(batch.bad_pages)
    if wanted == {Deed.ASK} and to_accept(batch):
        return Action(texts("upload.button.accept"), "ask_accept", place, of_batch(batch.batch_id), style=Style.MAIN)
    if wanted == {Deed.ASK}:
        return Action(texts("upload.button.ask"), "ticket", place, f"page.{batch.batch_id}", Style.MAIN)
    key = "upload.button.upload_new" if Deed.SCAN in wanted else "upload.button.upload"
    return Action(texts(key), "upload", place, style=Style.MAIN)
