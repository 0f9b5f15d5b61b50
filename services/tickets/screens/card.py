"""A ticket as a card: where it stands, what was said, what can be done."""

from services.checklists.screens.frame import paragraphs
from services.conversation.screen import MOST_LETTERS, Action, Screen, Style
from services.texts import Texts
from services.tickets.models import Side
from services.tickets.screens.facts import about, known, title
from services.tickets.screens.message import attachment_named
from services.tickets.view import Said, TicketView

ROOM = MOST_LETTERS - 1200
"""Letters for what was said; the rest is for the head of the card."""

LONGEST_WORDS = 500


def card(texts: Texts, view: TicketView, side: Side, *, with_file: bool = False) -> Screen:
    """For its person or for support. Who of support has answered only support sees.

    `with_file`: a file has just gone into the ticket, which is no scan then.
    """
    facts = known(texts, view) if side == Side.SUPPORT else about(texts, view.subject)
    text = paragraphs(title(texts, view), facts, state(texts, view, side), thread(texts, view, side))
    if with_file and side == Side.PERSON:
        text = paragraphs(text, texts("ticket.not_checked"))
    return Screen(text, rows=rows(texts, view, side))


def state(texts: Texts, view: TicketView, side: Side) -> str:
    return texts(f"ticket.state.{side}.{view.state}")


def thread(texts: Texts, view: TicketView, side: Side) -> str:
    """The last messages, oldest first; as many as one message holds, and a word about those before."""
    shown: list[str] = []
    for said in reversed(view.messages):
        line = message(texts, view, said, side)
        if sum(len(one) + 1 for one in (*shown, line)) > ROOM:
            break
        shown.append(line)
    left = len(view.messages) - len(shown)
    before = [texts.n("ticket.before", left)] if left else []
    return "\n".join([*before, *reversed(shown)])


def message(texts: Texts, view: TicketView, said: Said, side: Side) -> str:
    head = texts("ticket.at", who=speaker(texts, said, side), moment=texts.moment(said.at, view.zone))
    quoted = texts.html("ticket.words", text=short(said.text)) if said.text else ""
    file = attachment_named(texts, said.attachment) if said.attachment else ""
    return "\n".join(part for part in (head, quoted, file) if part)


def short(words: str) -> str:
    """As much of somebody's words as reminds them of the rest."""
    return words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS].rstrip() + "…"


def speaker(texts: Texts, said: Said, side: Side) -> str:
    if said.side == Side.PERSON:
        return texts("ticket.voice.you") if side == Side.PERSON else texts.html("ticket.voice.name", name=said.name)
    if said.side == Side.SUPPORT and side == Side.SUPPORT:
        return texts.html("ticket.voice.support_name", name=said.name)
    return texts(f"ticket.voice.{said.side}")


def rows(texts: Texts, view: TicketView, side: Side) -> tuple[tuple[Action, ...], ...]:
    number = str(view.number)
    key = "ticket.button.answer" if side == Side.SUPPORT else "ticket.button.add"
    write = Action(texts(key), "ticket_words", 0, number, Style.MAIN)
    close = Action(texts("ticket.button.close"), "ticket_close", 0, number)
    all_ = Action(texts("ticket.button.all"), "desk" if side == Side.SUPPORT else "tickets")
    home = Action(texts("button.home"), "home", view.walk.participation if view.walk and side == Side.PERSON else 0)
    return ((write,), (all_, home)) if view.closed else ((write,), (close,), (all_, home))
