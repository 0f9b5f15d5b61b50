"""Whom to ask."""

from services.checklists.screens.frame import coordinator, paragraphs
from services.checklists.walk import Walk
from services.conversation.screen import Action, Screen, Style
from services.events.contacts import Contacts
from services.texts import Texts


def help_(walk: Walk, texts: Texts, step: str = "") -> Screen:
    """What the bot does, the way to support in the chat, and the other contacts. `step` is where help was asked for."""
    contacts = walk.trial.contacts
    text = paragraphs(
        texts("contacts.help"), support(contacts, texts), coordinator(contacts, texts), texts("contacts.what_for")
    )
    about = f"step.{step}" if walk.step(step) else ""
    ask = Action(texts("ticket.button.ask"), "ticket", walk.participation, about, Style.MAIN)
    tickets = Action(texts("tickets.button.own"), "tickets")
    privacy = Action(texts("consent.button.read"), "privacy")
    home = Action(texts("button.home"), "home", walk.participation)
    return Screen(text, rows=((ask,), (tickets, privacy, home)))


def not_mine(walk: Walk, texts: Texts) -> Screen:
    """The link was for another college: nothing is to be done here before the coordinator has corrected it."""
    text = paragraphs(
        texts("contacts.not_mine"),
        texts.html("contacts.not_mine.text", college=walk.college),
        coordinator(walk.trial.contacts, texts),
    )
    return Screen(text, rows=(homewards(walk, texts),))


def support(contacts: Contacts, texts: Texts) -> str:
    """The address, and the portal with its trap: it opens only to those who are already inside."""
    lines = []
    if contacts.email:
        lines.append(texts.html("contacts.support", email=contacts.email))
    if contacts.portal:
        lines.append(texts.html("contacts.portal", portal=contacts.portal))
    return "\n".join(lines)


def homewards(walk: Walk, texts: Texts) -> tuple[Action, ...]:
    return (Action(texts("button.home"), "home", walk.participation, style=Style.MAIN),)
