"""What a technician asks, and how the question reaches the coordinator."""

from collections.abc import Sequence

from services.checklists.read_number import HIGHEST, LOWEST
from services.conversation.screen import MOST_PICTURES, Action, Attachment, Screen, Style
from services.events.queries import ParticipationView
from services.reviews.ask_accept import AskedFor, ToAccept
from services.reviews.ask_number import NumberAsked, NumberWanted
from services.reviews.name_page import ToName
from services.reviews.own_pages import of_page
from services.reviews.queries import ReviewView, ScanView
from services.reviews.read_name import Named
from services.reviews.screens.frame import finding, open_review, scan_caption, subject
from services.submissions.phrases import MOST_LISTED, one_or_many, upper_first
from services.texts import Texts

PAGES_A_ROW = 2


def to_coordinator(texts: Texts, college: ParticipationView, views: Sequence[ReviewView]) -> tuple[Screen, ...]:
    """The pictures side by side, and below them who asks what."""
    place = college.participation.id
    asked = views[0].asked_by
    lines = [
        f"<b>{one_or_many(texts, 'review.put', len(views))}</b>",
        texts.html("review.college", organisation=college.organisation.name),
        *(f"• {upper_first(subject(texts, view))}" for view in views[:MOST_LISTED]),
        texts.n("review.put.more", len(views) - MOST_LISTED) if len(views) > MOST_LISTED else "",
        texts.html("review.put.by", name=asked) if asked else "",
    ]
    decide = open_review(texts, college, views[0].review.id, "review.button.decide", Style.MAIN)
    row = (Action(texts("review.button.college"), "college", place),)
    return (
        *album(texts, college, views),
        Screen("\n".join(line for line in lines if line), rows=((decide,), row)),
    )


def album(texts: Texts, college: ParticipationView, views: Sequence[ReviewView]) -> tuple[Screen, ...]:
    scans = [view.page for view in views if view.page is not None and view.page.picture]
    shown = tuple(
        Attachment(scan.picture or "", f"page-{scan.number}.jpg", scan_caption(texts, college, scan))
        for scan in scans[:MOST_PICTURES]
    )
    if len(shown) == 1:
        return (Screen(shown[0].caption, pictures=shown),)
    return (Screen(pictures=shown),) if shown else ()


def to_accept(texts: Texts, asked: ToAccept) -> Screen:
    """Which page the coordinator is to be asked about."""
    place = asked.participation_id
    if not asked.pages:
        return told(texts, place, texts("review.ask_accept.nothing"))
    shown = asked.pages[:MOST_LISTED]
    lines = [texts("review.accept.which"), *(accept_line(texts, scan) for scan in shown)]
    buttons = [
        Action(texts("review.button.name_page", number=scan.number), "ask_accept", place, of_page(scan.page_id))
        for scan in shown
    ]
    rows = [tuple(buttons[at : at + PAGES_A_ROW]) for at in range(0, len(buttons), PAGES_A_ROW)]
    every = Action(texts("review.button.accept_all", n=len(asked.pages)), "ask_accept", place, asked.argument)
    home = Action(texts("review.button.home"), "home", place)
    return Screen("\n".join(lines), rows=(*rows, (every, home) if len(asked.pages) > 1 else (home,)))


def accept_line(texts: Texts, scan: ScanView) -> str:
    where = texts.html("upload.where", name=scan.file[:40], pages=scan.number)
    return texts("review.accept.line", where=where, fault=finding(texts, scan))


def accept_asked(texts: Texts, asked: AskedFor) -> Screen:
    """That the coordinator was asked; or that there was nothing to ask."""
    if not asked.pages:
        return told(texts, asked.participation_id, texts("review.ask_accept.nothing"))
    key = "review.ask_accept" if asked.new else "review.ask_accept.again"
    return told(texts, asked.participation_id, one_or_many(texts, key, asked.pages))


def told(texts: Texts, place: int, text: str) -> Screen:
    upload = Action(texts("review.button.upload"), "upload", place, style=Style.MAIN)
    return Screen(text, rows=((upload,), (Action(texts("review.button.home"), "home", place),)))


def to_name(texts: Texts, asked: ToName) -> Screen:
    """Which page; with one alone, what to write, and what was wrong with what was written."""
    place = asked.participation_id
    home = (Action(texts("review.button.home"), "home", place),)
    if len(asked.pages) > 1:
        lines = [texts("review.name.which")]
        lines += [texts.html("upload.where", name=scan.file[:40], pages=scan.number) for scan in asked.pages]
        buttons = [
            Action(texts("review.button.name_page", number=scan.number), "name_page", place, of_page(scan.page_id))
            for scan in asked.pages[:MOST_LISTED]
        ]
        rows = [tuple(buttons[at : at + PAGES_A_ROW]) for at in range(0, len(buttons), PAGES_A_ROW)]
        return Screen("\n".join(lines[: MOST_LISTED + 1]), rows=(*rows, home))
    scan = asked.pages[0]
    where = texts.html("upload.where", name=scan.file[:40], pages=scan.number)
    title = texts.html(f"review.name.wrong.{asked.fault}", **asked.values) if asked.fault else texts("review.name")
    return Screen("\n".join((title, where, texts.html("review.name.how", example=asked.example))), rows=(home,))


def page_named(texts: Texts, named: Named | ToName) -> Screen:
    """That the coordinator is asked, or that the page counts already."""
    if isinstance(named, ToName):
        return to_name(texts, named)
    key = "review.name.counts" if named.counts_already else "review.name.asked"
    return told(texts, named.participation_id, texts.html(key, kit=named.kit, page=named.page))


def number_wanted(texts: Texts, wanted: NumberWanted) -> Screen:
    """Asks for the number; says what was wrong with the text."""
    place = wanted.participation_id
    first = texts(f"participants.wrong.{wanted.fault.value}") if wanted.fault else texts("review.number")
    declared = "" if wanted.declared is None else texts("review.number.now", number=wanted.declared)
    lines = (first, declared, texts("review.number.write", low=LOWEST, high=HIGHEST))
    back = (
        Action(texts("review.button.college"), "college", place)
        if wanted.decides
        else Action(texts("review.button.home"), "home", place)
    )
    return Screen("\n".join(line for line in lines if line), rows=((back,),))


def number_asked(texts: Texts, asked: NumberAsked | NumberWanted) -> Screen:
    if isinstance(asked, NumberWanted):
        return number_wanted(texts, asked)
    key = "review.number.same" if asked.is_declared else "review.number.asked"
    return told(texts, asked.participation_id, texts(key, number=asked.number))
