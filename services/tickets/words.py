"""What somebody has said for a ticket, in no messenger's terms."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
"""Control and direction marks: they can garble the text around them. Joiners stay: emoji are made with them."""


@dataclass(frozen=True, slots=True)
class Words:
    """One message. `attachment` is a file as its messenger knows it: {"kind", "remote_id", "bot_id", "name"}; `origin`
    names the message (`Origin`); `album` is what ties several messages sent as one.
    """

    text: str
    origin: str
    attachment: Mapping[str, Any] = field(default_factory=dict)
    album: str = ""

    @property
    def empty(self) -> bool:
        return not self.text and not self.attachment

    def to_json(self) -> dict[str, Any]:
        """As a waiting question keeps them."""
        return asdict(self)


def clean_text(text: str) -> str:
    """Other people's words fit to be shown inside ours: without marks that nobody sees."""
    return UNSEEN.sub("", text).strip()
