"""What the screens of a review share: its subject in words, captions, ways on."""

from services.conversation.screen import Action, Attachment, Screen, Style
from services.events.queries import ParticipationView
from services.reviews.models import Review, ReviewKind
from services.reviews.queries import ReviewView, ScanView
from services.reviews.screens.alarm import letter, sheets_album
from services.submissions.phrases import lower_first, problem_text
from services.texts import Texts

LONGEST_FILE = 60


def subject(texts: Texts, view: ReviewView) -> str:
    """What is decided, in a few words, as HTML: `двойная печать: комплект 1000007, стр. 1`."""
    review, page = view.review, view.page
    values = {
        "kit": view.kit or (page.kit if page and page.kit else "") or review.proposal.get("kit", ""),
        "page": review.page_number or (page.page if page and page.page else "") or review.proposal.get("page", ""),
        "number": review.proposal.get("participants", ""),
        "file": page.file[:LONGEST_FILE] if page else "",
        "at": page.number if page else "",
    }
    return texts.html(f"review.subject.{review.kind}", **values)


def choice_words(texts: Texts, review: Review) -> str:
    """What was decided: `оставить лист А`, `принять`."""
    return texts(f"review.chosen.{review.kind}.{review.choice}", letter=letter(texts, review.keep or 1))


def pictures(texts: Texts, college: ParticipationView, view: ReviewView) -> tuple[Screen, ...]:
    """The evidence: both sheets, or the one page; nothing for what has no picture."""
    if view.review.kind == ReviewKind.TWO_SHEETS:
        return sheets_album(texts, college, view)
    if view.page is None or view.page.picture is None:
        return ()
    caption = scan_caption(texts, college, view.page)
    return (Screen(caption, pictures=(Attachment(view.page.picture, f"page-{view.page.number}.jpg", caption),)),)


def scan_caption(texts: Texts, college: ParticipationView, scan: ScanView) -> str:
    """Where the page came from, who it says it is, and what is wrong with it."""
    moment = texts.moment(scan.sent_at, college.region.time_zone)
    lines = [
        texts.html("review.scan", file=scan.file[:LONGEST_FILE], number=scan.number, name=scan.sent_by, moment=moment),
        texts.html("review.scan.kit", kit=scan.kit, page=scan.page) if scan.kit else "",
        finding(texts, scan),
    ]
    return "\n".join(line for line in lines if line)


def finding(texts: Texts, scan: ScanView) -> str:
    """The page's worst fault as a sentence; empty for a page without one."""
    worst = scan.worst
    if not worst:
        return ""
    return texts("review.scan.fault", title=lower_first(problem_text(texts, worst["code"], "title", worst["detail"])))


def to_college(texts: Texts, college: ParticipationView, *, decides: bool) -> Action:
    """The coordinator's way on is the college's page; a technician's, home."""
    place = college.participation.id
    if decides:
        return Action(texts("review.button.college"), "college", place)
    return Action(texts("review.button.home"), "home", place)


def open_review(
    texts: Texts, college: ParticipationView, review_id: int, key: str, style: Style = Style.PLAIN
) -> Action:
    return Action(texts(key), "review", college.participation.id, str(review_id), style)
