"""What a handler answers."""

from dataclasses import dataclass

from services.conversation.screen import Screen


@dataclass(frozen=True, slots=True)
class Reply:
    """Messages that stay as evidence, and the card, the one live message of the chat that the next press edits.

    A handler that returns a bare `Screen` shows it as the card.
    """

    messages: tuple[Screen, ...] = ()
    card: Screen | None = None
    toast: str = ""
