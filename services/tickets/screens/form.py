"""Asking for words, and what becomes of words that nobody asked for."""

from dataclasses import replace

from services.checklists.screens.frame import paragraphs
from services.conversation.screen import Action, Screen, Style
from services.texts import Texts
from services.tickets.begin_ticket import Form
from services.tickets.keep_question import Kept
from services.tickets.models import Side
from services.tickets.screens.card import card, short
from services.tickets.screens.facts import about
from services.tickets.view import TicketView

MOST_OFFERED = 3


def form(texts: Texts, asked: Form, *, lost: bool = False) -> Screen:
    """One message is asked for; what the machine adds by itself is named. `lost`: words that came before are gone."""
    college = texts.html("ticket.form.college", college=asked.walk.college) if asked.walk else ""
    subject = about(texts, asked.subject)
    added = texts("ticket.form.added", facts="; ".join(part for part in (college, subject) if part))
    text = paragraphs(
        texts("ticket.form.title"),
        texts("ticket.form.lost" if lost else "ticket.form.text"),
        added if college or subject else "",
    )
    cancel = Action(texts("ticket.button.cancel"), "home", asked.walk.participation if asked.walk else 0)
    return Screen(text, rows=((cancel,),))


def begun(texts: Texts, begun_: Form | TicketView) -> Screen:
    """The form, or the open ticket about the very same."""
    if isinstance(begun_, TicketView):
        return card(texts, begun_, Side.PERSON)
    return form(texts, begun_)


def sent(texts: Texts, result: Form | TicketView) -> Screen:
    """The ticket that the kept words went into; where they are gone, the form."""
    if isinstance(result, TicketView):
        return card(texts, result, Side.PERSON)
    return form(texts, result, lost=True)


def more_words(texts: Texts, view: TicketView, side: Side) -> Screen:
    """One more message is asked for."""
    text = paragraphs(texts(f"ticket.more.{side}", number=view.number), texts("ticket.more.text"))
    cancel = Action(texts("ticket.button.cancel"), "ticket_open", 0, str(view.number))
    return Screen(text, rows=((cancel,),))


def only_words(texts: Texts) -> Screen:
    """A sticker, a voice, an empty message: what support can be sent; the question still stands."""
    return Screen(texts("ticket.only_words"), rows=((Action(texts("ticket.button.cancel"), "home"),),))


def unasked(texts: Texts, kept: Kept) -> Screen:
    """Words that nobody asked for are a question: where to send them is the person's to say."""
    quoted = texts.html("ticket.words", text=short(kept.text))
    text = paragraphs(texts("ticket.unasked"), quoted, texts("ticket.unasked.text"))
    offered = [str(one.number) for one in kept.open[:MOST_OFFERED]]
    adds = [Action(texts("ticket.button.add_to", number=number), "ticket_send", 0, number) for number in offered]
    new = Action(texts("ticket.button.new" if offered else "ticket.button.ask"), "ticket_send")
    first, *others = (*adds, new)
    home = Action(texts("button.home"), "home")
    return Screen(text, rows=((replace(first, style=Style.MAIN),), *((other,) for other in others), (home,)))
