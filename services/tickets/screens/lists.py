"""Lists of tickets: a person's own, and those before support."""

from collections.abc import Sequence
from dataclasses import replace

from services.checklists.screens.frame import paragraphs
from services.conversation.screen import Action, Screen, Style
from services.texts import Texts
from services.tickets.list_tickets import Desk
from services.tickets.models import Side, TicketState
from services.tickets.queries import TicketLine
from services.tickets.screens.facts import about, reason

MOST_LISTED = 10
IN_A_ROW = 5
LONGEST_COLLEGE = 60
ZONE = "Europe/Moscow"
"""Support serves all zones: its lists are in one."""


def own(texts: Texts, lines: Sequence[TicketLine]) -> Screen:
    """A person's tickets, open ones first, each with its state in words."""
    ask = Action(texts("ticket.button.new" if lines else "ticket.button.ask"), "ticket", style=Style.MAIN)
    home = Action(texts("button.home"), "home")
    if not lines:
        return Screen(paragraphs(texts("tickets.own.none"), texts("tickets.own.none.text")), rows=((ask,), (home,)))
    shown = [own_line(texts, line) for line in lines[:MOST_LISTED]]
    text = paragraphs(texts.n("tickets.own", len(lines)), "\n".join(shown), more(texts, lines))
    return Screen(text, rows=(*numbers(texts, lines), (ask,), (home,)))


def desk(texts: Texts, found: Desk) -> Screen:
    """What waits for support, the longest wait on top; then what waits for people."""
    if not found.lines:
        refresh = Action(texts("tickets.button.refresh"), "desk", style=Style.MAIN)
        return Screen(paragraphs(texts("tickets.desk.none"), texts("tickets.desk.none.text")), rows=((refresh,),))
    waiting = sum(line.state == TicketState.WAITS_FOR_SUPPORT for line in found.lines)
    shown = [desk_line(texts, line) for line in found.lines[:MOST_LISTED]]
    text = paragraphs(
        texts("tickets.desk", waiting=waiting, open=len(found.lines)), "\n".join(shown), more(texts, found.lines)
    )
    refresh = Action(texts("tickets.button.refresh"), "desk")
    help_ = Action(texts("checklist.button.help"), "help")
    return Screen(text, rows=(*numbers(texts, found.lines), (refresh, help_)))


def own_line(texts: Texts, line: TicketLine) -> str:
    return texts(
        "tickets.own.line",
        number=line.number,
        reason=reason(texts, line.reason),
        about=bracketed(about(texts, line.subject)),
        state=texts(f"ticket.state.{Side.PERSON}.{line.state}.short"),
    )


def desk_line(texts: Texts, line: TicketLine) -> str:
    college = line.college if len(line.college) <= LONGEST_COLLEGE else line.college[:LONGEST_COLLEGE].rstrip() + "…"
    return texts(
        f"tickets.desk.line.{line.state}",
        number=line.number,
        college=texts.html("ticket.form.college", college=college) if college else texts("tickets.desk.nowhere"),
        reason=reason(texts, line.reason),
        since=texts.moment(line.waits_since, ZONE),
    )


def bracketed(subject: str) -> str:
    return f" ({subject})" if subject else ""


def more(texts: Texts, lines: Sequence[TicketLine]) -> str:
    left = len(lines) - MOST_LISTED
    return texts.n("tickets.more", left) if left > 0 else ""


def numbers(texts: Texts, lines: Sequence[TicketLine]) -> tuple[tuple[Action, ...], ...]:
    """A button a ticket, five in a row."""
    buttons = [
        Action(texts("tickets.button.number", number=line.number), "ticket_open", 0, str(line.number))
        for line in lines[:MOST_LISTED]
    ]
    return tuple(tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW))


def with_tickets(texts: Texts, home: Screen, lines: Sequence[TicketLine], found: Desk | None) -> Screen:
    """A home with the way to one's own tickets, where there are any, and to support's, above its last row."""
    waits = any(line.state == TicketState.WAITS_FOR_PERSON for line in lines)
    own_ = Action(texts("tickets.button.own_waits" if waits else "tickets.button.own"), "tickets")
    desk_ = Action(texts("tickets.button.desk"), "desk")
    row = ((own_,) if lines else ()) + ((desk_,) if found is not None else ())
    return replace(home, rows=(*home.rows[:-1], row, *home.rows[-1:])) if row else home
