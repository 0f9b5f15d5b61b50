"""What one side has said, as the other side gets it."""

from collections.abc import Mapping
from typing import Any

from services.checklists.screens.frame import paragraphs
from services.conversation.screen import MOST_CAPTION_LETTERS, Action, Attachment, Screen, Style
from services.texts import Texts
from services.tickets.screens.facts import known, title
from services.tickets.view import Said, TicketView

PHOTO = "photo"
ROOM = MOST_CAPTION_LETTERS - 24

Rows = tuple[tuple[Action, ...], ...]


def to_support(
    texts: Texts, view: TicketView, said: Said, bot_id: int, *, first: bool, again: bool = False
) -> tuple[Screen, ...]:
    """The card of a new ticket with all that the machine knows; later words with the speaker's name.

    `bot_id` is the bot that will send it: a file that another bot has is named only.
    """
    head = paragraphs(title(texts, view), known(texts, view)) if first else speaker(texts, view, said)
    hint = texts("ticket.support.how") if first else texts("ticket.reopened") if again else ""
    return with_words(texts, head, said, answer_row(texts, view), bot_id, hint)


def to_person(texts: Texts, view: TicketView, said: Said, bot_id: int) -> tuple[Screen, ...]:
    """Support's answer. Who of support has written stays inside support."""
    head = texts("ticket.from_support", number=view.number)
    answer = Action(texts("ticket.button.reply"), "ticket_words", 0, str(view.number), Style.MAIN)
    whole = Action(texts("ticket.button.open"), "ticket_open", 0, str(view.number))
    return with_words(texts, head, said, ((answer, whole),), bot_id)


def speaker(texts: Texts, view: TicketView, said: Said) -> str:
    """Which ticket, and whose words follow."""
    college = view.walk.college if view.walk else ""
    key = f"ticket.said.{said.side}.{'college' if college else 'nowhere'}"
    return texts.html(key, number=view.number, college=college, name=said.name)


def answer_row(texts: Texts, view: TicketView) -> Rows:
    number = str(view.number)
    return (
        (Action(texts("ticket.button.answer"), "ticket_words", 0, number, Style.MAIN),),
        (
            Action(texts("ticket.button.open"), "ticket_open", 0, number),
            Action(texts("ticket.button.close"), "ticket_close", 0, number),
        ),
    )


def with_words(texts: Texts, head: str, said: Said, rows: Rows, bot_id: int, hint: str = "") -> tuple[Screen, ...]:
    """The words and the file in one message where they fit; else the words first and the file with the buttons."""
    words = texts.html("ticket.words", text=said.text) if said.text else ""
    elsewhere = "" if not said.attachment or relayed(said, bot_id) else attachment_named(texts, said.attachment)
    text = paragraphs(head, words, elsewhere, hint)
    if relayed(said, bot_id) is None:
        return (Screen(text, rows=rows),)
    if len(text) <= ROOM:
        return (carrying(text, rows, said, bot_id),)
    return (Screen(text), carrying(attachment_named(texts, said.attachment), rows, said, bot_id))


def carrying(text: str, rows: Rows, said: Said, bot_id: int) -> Screen:
    item = relayed(said, bot_id)
    files = (item,) if item else ()
    if said.attachment.get("kind") == PHOTO:
        return Screen(text, rows=rows, pictures=files)
    return Screen(text, rows=rows, documents=files)


def relayed(said: Said, bot_id: int) -> Attachment | None:
    """The file of a message as this bot can send it; None where there is none, or only another bot has it."""
    kept = said.attachment
    name = str(kept.get("name") or "file")
    if kept.get("file_hash"):
        return Attachment(kept["file_hash"], name)
    if kept.get("remote_id") and kept.get("bot_id") == bot_id:
        return Attachment("", name, remote_id=kept["remote_id"])
    return None


def attachment_named(texts: Texts, attachment: Mapping[str, Any]) -> str:
    if attachment.get("kind") == PHOTO:
        return texts("ticket.attachment.photo")
    return texts.html("ticket.attachment.file", name=str(attachment.get("name") or ""))
