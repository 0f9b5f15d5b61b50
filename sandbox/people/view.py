"""How a message looks to a person, as the chat page and the tests read it."""

from typing import Any

from sandbox.api.entities import as_html
from sandbox.state.chats import Chat, Message

BUTTON_FIELDS = ("text", "url", "style", "copy_text", "web_app")


def message_view(message: Message) -> dict[str, Any]:
    """``change`` grows with every visible change in the whole messenger."""
    seen: dict[str, Any] = {
        "message_id": message.id,
        "date": message.date,
        "edit_date": message.edit_date,
        "from": "bot" if message.from_bot else "person",
        "media_group_id": message.group,
        "deleted": message.deleted,
        "change": message.change,
        "text": "",
        "html": "",
        "caption": "",
        "entities": [],
        "buttons": [],
    }
    return seen if message.deleted else seen | _content(message)


def _content(message: Message) -> dict[str, Any]:
    seen: dict[str, Any] = {
        "html": as_html(message.text, message.entities),
        "entities": message.entities,
        "buttons": [[button_view(button) for button in row] for row in _rows(message)],
        "reply_to": message.reply_to,
        "forwarded": message.forwarded,
        "caption" if message.media else "text": message.text,
    }
    if message.media:
        seen[message.media.kind] = message.media.best.view()
    return seen


def _rows(message: Message) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = (message.keyboard or {}).get("inline_keyboard", [])
    return rows


def button_view(button: dict[str, Any]) -> dict[str, Any]:
    seen = {name: button[name] for name in BUTTON_FIELDS if name in button}
    return seen | {"data": button.get("callback_data")}


def chat_view(chat: Chat, after: int = 0) -> list[dict[str, Any]]:
    """The chat's messages in order, or only what changed after the change ``after``."""
    messages = sorted(chat.messages.values(), key=lambda message: message.id)
    return [message_view(message) for message in messages if message.change > after]
