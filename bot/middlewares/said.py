"""What a handling says on the side."""

from dataclasses import dataclass


@dataclass(slots=True)
class Said:
    """A short plain answer to a press, shown for a moment over the chat."""

    toast: str = ""
