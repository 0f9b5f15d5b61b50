"""Lists of tickets: a person's own, and those before support."""

from collections.abc import Sequence
from dataclasses import replace

from services.accounts.screens import pager_row
from services.checklists.screens.frame import paragraphs
from services.conversation.screen import Action, Screen, Style
from services.texts import Texts
from services.tickets.list_tickets import Desk
from services.tickets.models import Side, TicketState
from services.tickets.queries import TicketLine
from services.tickets.screens.facts import about, reason

A_PAGE = 9
IN_A_ROW = 3
LONGEST_COLLEGE = 60
ZONE = "Europe/Moscow"
"""Support serves all zones: its lists are in one."""

Rows = tuple[tuple[Action, ...], ...]


def own(texts: Texts, lines: Sequence[TicketLine], page: int = 0) -> Screen:
    """A person's tickets, open ones first, each with its state in words."""
    ask = Action(texts("ticket.button.new" if lines else "ticket.button.ask"), "ticket", style=Style.MAIN)
    home = Action(texts("button.home"), "home")
    if not lines:
        return Screen(paragraphs(texts("tickets.own.none"), texts("tickets.own.none.text")), rows=((ask,), (home,)))
    shown, rows = part(texts, lines, page, "tickets")
    text = paragraphs(texts.n("tickets.own", len(lines)), "\n".join(own_line(texts, line) for line in shown))
    return Screen(text, rows=(*rows, (ask, home)))


def desk(texts: Texts, found: Desk, page: int = 0) -> Screen:
    """What waits for support, the longest wait on top; then what waits for people."""
    if not found.lines:
        refresh = Action(texts("tickets.button.refresh"), "desk", style=Style.MAIN)
        return Screen(paragraphs(texts("tickets.desk.none"), texts("tickets.desk.none.text")), rows=((refresh,),))
    waiting = sum(line.state == TicketState.WAITS_FOR_SUPPORT for line in found.lines)
    shown, rows = part(texts, found.lines, page, "desk")
    title = texts("tickets.desk", waiting=waiting, open=len(found.lines))
    refresh = Action(texts("tickets.button.refresh"), "desk", 0, str(page))
    help_ = Action(texts("checklist.button.help"), "help")
    text = paragraphs(title, "\n".join(desk_line(texts, line) for line in shown))
    return Screen(text, rows=(*rows, (refresh, help_)))


def part(texts: Texts, lines: Sequence[TicketLine], page: int, name: str) -> tuple[Sequence[TicketLine], Rows]:
    """The tickets of a page, with a button each and the pager."""
    pages = -(-len(lines) // A_PAGE)
    page = min(page, pages - 1)
    shown = lines[page * A_PAGE : (page + 1) * A_PAGE]
    pager = pager_row(page, pages, texts, name)
    return shown, (*numbers(texts, shown), *((pager,) if pager else ()))


def own_line(texts: Texts, line: TicketLine) -> str:
    subject = about(texts, line.subject)
    return texts(
        "tickets.own.line",
        number=line.number,
        reason=reason(texts, line.reason),
        about=f" ({subject})" if subject else "",
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


def numbers(texts: Texts, lines: Sequence[TicketLine]) -> Rows:
    """A button a ticket."""
    buttons = [
        Action(texts("tickets.button.number", number=line.number), "ticket_open", 0, str(line.number)) for line in lines
    ]
    return tuple(tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW))


def with_tickets(texts: Texts, home: Screen, lines: Sequence[TicketLine], found: Desk | None) -> Screen:
    """A home with the way to one's own tickets, where there are any, and to support's, above its last row."""
    waits = any(line.state == TicketState.WAITS_FOR_PERSON for line in lines)
    own_ = Action(texts("tickets.button.own_waits" if waits else "tickets.button.own"), "tickets")
    desk_ = Action(texts("tickets.button.desk"), "desk")
    row = ((own_,) if lines else ()) + ((desk_,) if found is not None else ())
    return replace(home, rows=(*home.rows[:-1], row, *home.rows[-1:])) if row else home
