"""Messages as a person sees them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Attached:
    """A file of a message; ``url`` is absolute."""

    name: str
    size: int
    mime: str
    url: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Button:
    text: str
    data: str | None = None
    url: str | None = None
    style: str | None = None


@dataclass(frozen=True)
class Message:
    """One message as a person sees it. ``change`` orders what happened in the whole messenger."""

    id: int
    from_bot: bool
    text: str
    caption: str
    html: str
    buttons: list[list[Button]]
    date: int
    edit_date: int | None
    change: int
    deleted: bool
    media_group_id: str | None
    photo: Attached | None
    document: Attached | None
    raw: dict[str, Any] = field(repr=False)

    @property
    def words(self) -> str:
        """The text, or the caption of a picture or file."""
        return self.text or self.caption

    def labels(self) -> list[str]:
        return [button.text for row in self.buttons for button in row]

    def button_of(self, action: str) -> Button | None:
        """The button whose data begins with this action."""
        buttons = (button for row in self.buttons for button in row)
        return next((button for button in buttons if (button.data or "").partition("|")[0] == action), None)

    @classmethod
    def parse(cls, row: dict[str, Any], base: str) -> Self:
        return cls(
            id=row["message_id"],
            from_bot=row["from"] == "bot",
            text=row["text"],
            caption=row["caption"],
            html=row["html"],
            buttons=[[_button(button) for button in line] for line in row["buttons"]],
            date=row["date"],
            edit_date=row["edit_date"],
            change=row["change"],
            deleted=row["deleted"],
            media_group_id=row["media_group_id"],
            photo=_attached(row.get("photo"), base),
            document=_attached(row.get("document"), base),
            raw=row,
        )


@dataclass(frozen=True)
class Pressed:
    """The fate of a press. ``text`` is the toast, empty when the bot answered silently or not at all."""

    answered: bool
    text: str
    show_alert: bool
    url: str | None

    @classmethod
    def parse(cls, answer: dict[str, Any]) -> Self:
        said = answer.get("answer") or {}
        answered = bool(answer.get("answered")) or "opened" in answer
        url = answer.get("url") or said.get("url")
        return cls(answered, said.get("text") or "", bool(said.get("show_alert")), url)


Wanted = str | Callable[[Message], bool]


def _button(row: dict[str, Any]) -> Button:
    return Button(row["text"], row.get("data"), row.get("url"), row.get("style"))


def _attached(row: dict[str, Any] | None, base: str) -> Attached | None:
    if row is None:
        return None
    return Attached(row["name"], row["size"], row["mime"], base + row["url"], row.get("width"), row.get("height"))


def has_button(message: Message, text: str, *, exact: bool) -> bool:
    if exact:
        return text in message.labels()
    return any(text.casefold() in label.casefold() for label in message.labels())


def matches(message: Message, wanted: Wanted) -> bool:
    if message.deleted or not message.from_bot:
        return False
    if isinstance(wanted, str):
        return _plain(wanted) in _plain(message.words)
    return bool(wanted(message))


def _plain(text: str) -> str:
    """For comparing: no-break spaces are spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
