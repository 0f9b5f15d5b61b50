"""The notice of completion, and what the technician hears of it."""

from collections.abc import Sequence
from datetime import datetime

from services.conversation.screen import Action, Screen, Style
from services.events.contacts import Contacts
from services.notices.queries import Completion, ProblemCount
from services.submissions.phrases import kind_of_problem
from services.texts import Texts

MOST_PROBLEMS = 8


def completed(texts: Texts, done: Completion) -> Screen:
    """A college has finished: told to the coordinator."""
    lines = (
        texts("notice.completed.title"),
        texts.html("notice.completed.organisation", organisation=done.organisation),
        texts.html("notice.completed.event", event=done.event),
        texts.n("notice.completed.kits", done.counts.declared or 0, complete=done.counts.complete),
        times(texts, done),
        problems(texts, done.problems),
    )
    college = Action(texts("notice.button.college"), "college", done.participation_id, style=Style.MAIN)
    return Screen(text="\n".join(line for line in lines if line), rows=((college,),))


def times(texts: Texts, done: Completion) -> str:
    """Who finished and when, in the zone of the region."""
    parts = []
    if done.started_at:
        parts.append(texts("notice.completed.started", moment=texts.moment(done.started_at, done.zone)))
    if done.finished_at:
        parts.append(texts("notice.completed.finished", moment=texts.moment(done.finished_at, done.zone)))
    if done.finished_by:
        parts.append(texts.html("notice.completed.by", name=done.finished_by))
    return "\n".join(parts)


def problems(texts: Texts, met: Sequence[ProblemCount]) -> str:
    """Problems met on the way, each with the number of its pages."""
    if not met:
        return texts("notice.completed.no_problems")
    lines = [
        texts.n("notice.completed.problem", one.pages, title=kind_of_problem(texts, one.code, one.detail))
        for one in met[:MOST_PROBLEMS]
    ]
    return "\n".join([texts("notice.completed.problems"), *lines])


def delivered(texts: Texts, participation_id: int, at: datetime, zone: str, names: Sequence[str]) -> Screen:
    """The technician hears that the notice has arrived: said only after the messenger's answer."""
    text = texts.html(
        "notice.delivered", moment=texts.moment(at, zone), names=", ".join(name for name in names if name)
    )
    return Screen(text=text, rows=((Action(texts("notice.button.home"), "home", participation_id),),))


def not_delivered(texts: Texts, participation_id: int, contacts: Contacts) -> Screen:
    """The notice could not be delivered: whom to tell oneself, and the button that says it was done.

    Only the coordinator is named: support has no use for the news.
    """
    whom = ", ".join((contacts.coordinator, *contacts.coordinator_ways)).strip(", ")
    text = texts("notice.not_delivered.title") + "\n" + texts("notice.not_delivered.unreachable")
    text += "\n" + (texts.html("notice.not_delivered.whom", whom=whom) if whom else texts("notice.not_delivered.ask"))
    return Screen(
        text=text,
        rows=(
            (Action(texts("notice.button.told_myself"), "told_myself", participation_id, style=Style.MAIN),),
            (Action(texts("notice.button.home"), "home", participation_id),),
        ),
    )
