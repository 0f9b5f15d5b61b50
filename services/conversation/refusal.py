"""What the product refuses a person, with the text that says what to do instead."""

from typing import Any

from services.conversation.screen import Action


class Refusal(Exception):  # noqa: N818 (not an error of the program: the person is told and goes on)
    """A use case declines. `key` names the text; `way_out` is the button that leads on, with a key as
    its text.

    Raised before anything is changed, or the whole update is undone.
    """

    def __init__(self, key: str, way_out: Action | None = None, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.way_out = way_out
        self.values = values


class Forbidden(Refusal):
    """The person's role does not allow it. The text never tells more than that."""

    def __init__(self) -> None:
        super().__init__("refusal.forbidden")
