"""A screen: what a person is shown, in no messenger's terms.

Screens are made by pure functions of the state in the database. A messenger's adapter turns them into its own messages
and buttons; the limits here (7 buttons a row, 4,000 letters) are those of the strictest messenger.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

MOST_BUTTONS_IN_A_ROW = 7
MOST_LETTERS = 4000
MOST_CAPTION_LETTERS = 1024
MOST_PICTURES = 10


class Style(StrEnum):
    """What a button's colour says; the words must do without it."""

    PLAIN = ""
    MAIN = "primary"
    GOOD = "success"
    GRAVE = "danger"


@dataclass(frozen=True, slots=True)
class Action:
    """A button: an action by name, the participation it is about, and an id or word as its argument.

    Never a place in a stack of windows: an old button stays right, because the use case looks at the state.
    """

    text: str
    name: str
    participation: int = 0
    argument: str = ""
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address: in the browser, or (https only) as an app inside the messenger."""

    text: str
    url: str
    app: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file shown or handed out with a screen; `caption` is HTML.

    A stored one by its hash. One that only passes through by the messenger's own `remote_id`, good for the bot that got
    it; its hash is empty.
    """

    file_hash: str
    name: str
    caption: str = ""
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: HTML text (b, i, u, s, code, a, blockquote; values escaped), rows of buttons, pictures, files.

    With one picture or file the text is its caption (at most 1,024 letters); with several pictures (at most 10) they go
    as an album, whose captions carry the words, and `text` and `rows` stay empty: an album has no buttons.
    `toast` is a short plain answer to the press itself.
    """

    text: str = ""
    rows: tuple[tuple[Action | Link, ...], ...] = ()
    pictures: tuple[Attachment, ...] = ()
    documents: tuple[Attachment, ...] = ()
    toast: str = ""

    def __post_init__(self) -> None:
        if any(len(row) > MOST_BUTTONS_IN_A_ROW for row in self.rows):
            raise ValueError("too many buttons in a row")
        if len(self.pictures) > MOST_PICTURES or len(self.documents) > MOST_PICTURES:
            raise ValueError("too many pictures or files in one message")


def to_json(screen: Screen) -> dict[str, Any]:
    """A screen as the outbox keeps it."""
    return {
        "text": screen.text,
        "rows": [[asdict(button) for button in row] for row in screen.rows],
        "pictures": [asdict(picture) for picture in screen.pictures],
        "documents": [asdict(document) for document in screen.documents],
    }


def from_json(data: dict[str, Any]) -> Screen:
    """A screen as it was kept."""
    return Screen(
        text=data["text"],
        rows=tuple(tuple(button(item) for item in row) for row in data["rows"]),
        pictures=tuple(Attachment(**item) for item in data["pictures"]),
        documents=tuple(Attachment(**item) for item in data["documents"]),
    )


def button(data: dict[str, Any]) -> Action | Link:
    """A button as it was kept."""
    return Link(**data) if "url" in data else Action(**{**data, "style": Style(data["style"])})
