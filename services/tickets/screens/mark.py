"""One line: what became of the words that somebody has just said."""

from services.conversation.screen import Action, Screen
from services.texts import Texts
from services.tickets.models import Side


def on_its_way(texts: Texts, number: int, side: Side) -> Screen:
    """Kept, and queued."""
    return Screen(texts(f"ticket.mark.{side}.on_its_way", number=number))


def delivered(texts: Texts, number: int, side: Side, moment: str) -> Screen:
    """Said only after the messenger's answer."""
    return Screen(texts(f"ticket.mark.{side}.delivered", number=number, moment=moment))


def failed(texts: Texts, number: int, side: Side, failure: str, email: str) -> Screen:
    """Why it did not arrive, and the other way there is."""
    key = f"ticket.failure.{failure}"
    why = texts(key if texts.has(key) else "ticket.failure.other")
    way = texts.html("ticket.mark.email", email=email) if email and side == Side.PERSON else ""
    text = texts(f"ticket.mark.{side}.failed", number=number, why=why)
    rows = ((Action(texts("ticket.button.open"), "ticket_open", 0, str(number)),),)
    return Screen("\n".join(part for part in (text, way) if part), rows=rows)
