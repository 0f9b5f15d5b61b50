"""A college's questions and decisions, and the kits that may be set aside."""

from services.conversation.screen import Action, Screen, Style
from services.events.queries import ParticipationView
from services.kits.models import KitState
from services.reviews.draft import Draft, Subject
from services.reviews.queries import ReviewView
from services.reviews.screens.frame import choice_words, subject, to_college
from services.reviews.show_reviews import KitLine, KitList, ReviewList
from services.submissions.phrases import upper_first
from services.texts import Texts

OPEN, DECIDED = "open", "decided"
LONGEST_LABEL = 40
KITS_A_ROW = 2


def reviews(texts: Texts, found: ReviewList) -> Screen:
    """The questions that wait, or what was decided; each has a button."""
    place = found.college.participation.id
    title = texts.n("review.list.open" if found.are_open else "review.list.decided", found.total)
    lines = [f"<b>{title}</b>", texts.html("review.college", organisation=found.college.organisation.name)]
    lines += [line(texts, view, number) for number, view in enumerate(found.views, start=1)]
    style = Style.MAIN if found.are_open and len(found.views) == 1 else Style.PLAIN
    buttons = [
        Action(texts("review.button.of_list", number=number), "review", place, str(view.review.id), style)
        for number, view in enumerate(found.views, start=1)
    ]
    rows = [tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)]
    turn = pager(texts, found.college, "reviews", found.page, found.pages, OPEN if found.are_open else DECIDED)
    last = (to_college(texts, found.college, decides=True),)
    return Screen("\n".join(lines), rows=tuple(row for row in (*rows, turn, last) if row))


def line(texts: Texts, view: ReviewView, number: int) -> str:
    """`1. Двойная печать: комплект 1000007, стр. 1` and, where it is decided, how."""
    said = f"{number}. {upper_first(subject(texts, view))}"
    if view.review.choice is None:
        return said
    return f"{said} — {choice_words(texts, view.review)}"


def kits(texts: Texts, found: KitList) -> Screen:
    """Press a kit to set it aside; one set aside shows why and can come back."""
    title = texts("review.kits" if found.kits else "review.kits.none")
    lines = [f"<b>{title}</b>", texts.html("review.college", organisation=found.college.organisation.name)]
    lines += [texts.html("review.kits.line", kit=kit.number, state=state(texts, kit)) for kit in found.kits]
    buttons = [button(texts, found, kit) for kit in found.kits if can_be_pressed(kit)]
    rows = [tuple(buttons[at : at + KITS_A_ROW]) for at in range(0, len(buttons), KITS_A_ROW)]
    turn = pager(texts, found.college, "kits_here", found.page, found.pages, "all")
    last = (to_college(texts, found.college, decides=found.decides),)
    return Screen("\n".join(lines), rows=tuple(row for row in (*rows, turn, last) if row))


def can_be_pressed(kit: KitLine) -> bool:
    return kit.state != KitState.ASIDE or kit.review_id is not None


def state(texts: Texts, kit: KitLine) -> str:
    return texts(f"review.kits.state.{kit.state}")


def button(texts: Texts, found: KitList, kit: KitLine) -> Action:
    place = found.college.participation.id
    if kit.state == KitState.ASIDE:
        return Action(texts("review.button.kit_why", kit=kit.number), "review", place, str(kit.review_id))
    return Action(texts("review.button.kit_aside", kit=kit.number), "why", place, Draft(Subject.KIT, kit.kit_id).pack())


def pager(texts: Texts, college: ParticipationView, name: str, page: int, pages: int, what: str) -> tuple[Action, ...]:
    """Only where there is more than one page."""
    if pages == 1:
        return ()

    def turn(label: str, to: int) -> Action:
        return Action(label, name, college.participation.id, f"{what}.{min(max(to, 0), pages - 1)}")

    here = texts("coordinator.pager", page=page + 1, pages=pages)
    return (turn("←", page - 1), turn(here, page), turn("→", page + 1))


def parse_place(argument: str) -> tuple[str, int]:
    """Which list and which page of it; a forged argument leads to the first page of what waits."""
    what, _, page = argument.partition(".")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 0
    return (what if what in (OPEN, DECIDED) else OPEN), number
