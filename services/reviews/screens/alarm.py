"""What people are shown of a double print."""

from services.conversation.screen import Action, Attachment, Screen, Style
from services.events.queries import ParticipationView
from services.reviews.queries import ReviewView, SheetView
from services.texts import Texts

LETTERED = 6
"""Sheets that have a letter of their own; a seventh would be told by its number."""

MOST_PERCENT = 99


def letter(texts: Texts, ordinal: int) -> str:
    """How people call a sheet: А, Б, В."""
    return texts(f"review.letter.{ordinal}") if ordinal <= LETTERED else str(ordinal)


def alarm_to_technician(texts: Texts, college: ParticipationView, view: ReviewView, ticket: int) -> tuple[Screen, ...]:
    """Stop: what was found, what not to do now, and that support knows."""
    place = college.participation.id
    buttons = (Action(texts("review.button.ticket"), "ticket_open", place, str(ticket), Style.MAIN),)
    text = texts.html("review.alarm.technician", kit=view.kit, page=view.review.page_number, ticket=ticket)
    return (*sheets_album(texts, college, view), Screen(text, rows=(buttons, (home(texts, place),))))


def alarm_to_coordinator(texts: Texts, college: ParticipationView, view: ReviewView, ticket: int) -> tuple[Screen, ...]:
    """The same, with the college's name and the way to the decision."""
    place = college.participation.id
    key = "review.alarm.coordinator.finished" if college.participation.finished_at else "review.alarm.coordinator"
    text = texts.html(
        key, kit=view.kit, page=view.review.page_number, organisation=college.organisation.name, ticket=ticket
    )
    decide = Action(texts("review.button.decide"), "review", place, str(view.review.id), Style.MAIN)
    to_college = Action(texts("review.button.college"), "college", place)
    text = "\n".join(line for line in (text, likely(texts, view)) if line)
    return (*sheets_album(texts, college, view), Screen(text, rows=((decide,), (to_college,))))


def alarm_to_support(texts: Texts, view: ReviewView) -> str:
    """The first words of the ticket that an alarm opens."""
    files = [
        texts("review.alarm.sheet", letter=letter(texts, sheet.ordinal), file=sheet.scan.file, number=sheet.scan.number)
        for sheet in view.sheets
    ]
    lines = "\n".join(line for line in (*files, likely(texts, view)) if line)
    return texts("review.alarm.support", kit=view.kit, page=view.review.page_number, files=lines)


def likely(texts: Texts, view: ReviewView) -> str:
    """How likely it is that the sheets are one, in whole per cent and never surer; empty where nobody knows."""
    if view.likely is None:
        return ""
    percent = round(view.likely * 100)
    if percent < 1:
        return texts("review.likely.least")
    return texts("review.likely.most") if percent > MOST_PERCENT else texts("review.likely", percent=percent)


def sheets_album(texts: Texts, college: ParticipationView, view: ReviewView) -> tuple[Screen, ...]:
    """The sheets side by side; each caption says where the sheet came from."""
    pictures = tuple(
        Attachment(sheet.scan.picture, f"sheet-{sheet.ordinal}.jpg", sheet_caption(texts, college, sheet))
        for sheet in view.sheets
        if sheet.scan.picture
    )
    if len(pictures) == 1:
        return (Screen(text=pictures[0].caption, pictures=pictures),)
    return (Screen(pictures=pictures),) if pictures else ()


def sheet_caption(texts: Texts, college: ParticipationView, sheet: SheetView) -> str:
    return texts.html(
        "review.sheet",
        letter=letter(texts, sheet.ordinal),
        file=sheet.scan.file[:60],
        number=sheet.scan.number,
        name=sheet.scan.sent_by,
        moment=texts.moment(sheet.scan.sent_at, college.region.time_zone),
    )


def home(texts: Texts, place: int) -> Action:
    return Action(texts("review.button.home"), "home", place)
