"""Why somebody decided so: a ready sentence or typed words."""

import unicodedata
from enum import StrEnum

from services.reviews.models import Choice, ReviewKind
from services.texts import Texts

SHORTEST = 3
LONGEST = 500
MOST_READY = 3


class ReasonFault(StrEnum):
    """Why typed words are no reason."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"


def ready_reasons(texts: Texts, kind: ReviewKind, choice: Choice) -> list[str]:
    """The reasons that are offered as buttons, in the reader's language."""
    keys = [f"review.reason.{kind}.{choice}.{number}" for number in range(1, MOST_READY + 1)]
    return [texts(key) for key in keys if texts.has(key)]


def read_reason(text: str) -> str | ReasonFault:
    """The words without invisible letters, 3 to 500 of them; or what is wrong with them."""
    shown = "".join(" " if letter.isspace() else letter for letter in text if is_shown(letter))
    words = " ".join(shown.split())
    if sum(letter.isalnum() for letter in words) < SHORTEST:
        return ReasonFault.TOO_SHORT
    return words if len(words) <= LONGEST else ReasonFault.TOO_LONG


def is_shown(letter: str) -> bool:
    return letter.isspace() or not unicodedata.category(letter).startswith("C")
