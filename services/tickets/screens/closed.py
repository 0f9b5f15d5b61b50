"""News of an end: what the other side is told when a ticket is closed."""

from services.conversation.screen import Action, Screen
from services.texts import Texts
from services.tickets.view import TicketView


def closed_for_person(texts: Texts, view: TicketView) -> Screen:
    """An answer opens it again: no new ticket is needed."""
    again = Action(texts("ticket.button.not_solved"), "ticket_words", 0, str(view.number))
    home = Action(texts("button.home"), "home", view.walk.participation if view.walk else 0)
    return Screen(texts("ticket.closed.person", number=view.number), rows=((again, home),))


def closed_for_support(texts: Texts, view: TicketView, by: str) -> Screen:
    opened = Action(texts("ticket.button.open"), "ticket_open", 0, str(view.number))
    return Screen(texts.html("ticket.closed.support", number=view.number, name=by), rows=((opened,),))
