"""What the technician hears of a decision, and what the alarm's ticket keeps of it."""

from collections.abc import Sequence

from services.conversation.screen import Action, Screen, Style
from services.events.contacts import Contacts
from services.events.queries import ParticipationView
from services.kits.counts import KitCounts
from services.kits.state_line import counted
from services.reviews.models import Choice, ReviewKind
from services.reviews.own_pages import of_page
from services.reviews.queries import ReviewView
from services.reviews.screens.alarm import letter
from services.reviews.screens.frame import choice_words, subject
from services.texts import Texts

MOST_NAMED = 20


def decided(
    texts: Texts, college: ParticipationView, view: ReviewView, counts: KitCounts, alike: Sequence[ReviewView] = ()
) -> Screen:
    """First what was decided, then what to do with the sheets, then how many kits count. `alike` have got the same
    answer.
    """
    review = view.review
    key = f"review.news.{review.kind}.{review.choice or 'open'}"
    lines = (
        f"<b>{texts(f'{key}.title')}</b>",
        texts.html("review.college", organisation=college.organisation.name),
        texts.html(f"{key}.text", **named(texts, view)),
        texts.html("review.decided.why", reason=review.reason) if review.reason else "",
        *same_answer(texts, alike),
        counted(texts, counts) + ".",
    )
    text = "\n".join(line for line in lines if line)
    return Screen(text, rows=(main_row(texts, college, view, counts), (home(texts, college),)))


def same_answer(texts: Texts, alike: Sequence[ReviewView]) -> Sequence[str]:
    """How many more, and the first of them by name."""
    if not alike:
        return ()
    named = [f"• {subject(texts, view)}" for view in alike[:MOST_NAMED]]
    return (texts.n("review.decided.alike", len(alike)), *named, *(("…",) if len(alike) > MOST_NAMED else ()))


def unheard(texts: Texts, college: ParticipationView, contacts: Contacts) -> Screen:
    """The coordinator could not be written to: whom to call, and that the question stays."""
    whom = ", ".join((contacts.coordinator, *contacts.coordinator_ways)).strip(", ")
    lines = (
        texts("review.unheard"),
        texts.html("review.unheard.whom", whom=whom) if whom else texts("review.unheard.ask"),
    )
    return Screen("\n".join(lines), rows=((home(texts, college),),))


def named(texts: Texts, view: ReviewView) -> dict[str, object]:
    review, page = view.review, view.page
    others = [letter(texts, sheet.ordinal) for sheet in view.sheets if sheet.ordinal != review.keep]
    return {
        "kit": view.kit or (page.kit if page and page.kit else "") or review.proposal.get("kit", ""),
        "page": review.page_number or (page.page if page and page.page else "") or review.proposal.get("page", ""),
        "letter": letter(texts, review.keep or 1),
        "file": next((sheet.scan.file for sheet in view.sheets if sheet.ordinal == review.keep), "") or file_of(view),
        "at": next((sheet.scan.number for sheet in view.sheets if sheet.ordinal == review.keep), 0) or at_of(view),
        "others": ", ".join(others),
        "number": review.proposal.get("participants", ""),
    }


def file_of(view: ReviewView) -> str:
    return view.page.file[:60] if view.page else ""


def at_of(view: ReviewView) -> int:
    return view.page.number if view.page else 0


def main_row(texts: Texts, college: ParticipationView, view: ReviewView, counts: KitCounts) -> tuple[Action, ...]:
    """The finish where all is there; another number for a page whose number was turned down; else the next scans."""
    place = college.participation.id
    if counts.all_there and college.participation.finished_at is None:
        return (Action(texts("ledger.button.finish"), "finish", place, style=Style.GOOD),)
    if view.page is not None and (view.review.kind, view.review.choice) == (ReviewKind.IDENTIFY_PAGE, Choice.NO):
        return (Action(texts("upload.button.name"), "name_page", place, of_page(view.page.page_id), Style.MAIN),)
    return (Action(texts("review.button.upload"), "upload", place, style=Style.MAIN),)


def home(texts: Texts, college: ParticipationView) -> Action:
    return Action(texts("review.button.home"), "home", college.participation.id)


def for_ticket(texts: Texts, view: ReviewView) -> str:
    """A line for support, plain: what has become of the alarm."""
    review = view.review
    if review.choice is None:
        return texts("review.ticket.open")
    return texts(
        "review.ticket.decided", choice=choice_words(texts, review), name=view.decided_by, reason=review.reason
    )
