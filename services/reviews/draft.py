"""A decision that somebody is about to make, as buttons carry it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from services.reviews.models import Choice


class Subject(StrEnum):
    """What it is about: a question that was put, a kit, the number of participants, or the finished college."""

    REVIEW = "r"
    KIT = "k"
    NUMBER = "n"
    REOPEN = "o"


LETTERS = {"k": Choice.KEEP, "n": Choice.NEITHER, "y": Choice.YES, "x": Choice.NO}
DRAFT = re.compile(r"([rkno])([0-9]{1,15})\.([knyx])([0-9]{0,4})\.([0-9a-f]{0,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """`id` is the review's or the kit's, or N itself; `keep` is the ordinal of the sheet that stays.

    `seen` marks the state that the person looked at: on another state nobody decides unawares.
    """

    subject: Subject
    id: int = 0
    choice: Choice = Choice.YES
    keep: int | None = None
    seen: str = ""

    def pack(self) -> str:
        """At most 30 letters of a button's argument."""
        letter = next(letter for letter, choice in LETTERS.items() if choice == self.choice)
        return f"{self.subject}{self.id}.{letter}{self.keep or ''}.{self.seen}"


def parse_draft(text: str) -> Draft | None:
    """The draft in a button's argument; None for a forged one."""
    found = DRAFT.fullmatch(text)
    if found is None:
        return None
    subject, number, letter, keep, seen = found.groups()
    choice = LETTERS[letter]
    if (choice == Choice.KEEP) != bool(keep):
        return None
    return Draft(Subject(subject), int(number), choice, int(keep) if keep else None, seen)


def split_reason(argument: str) -> tuple[Draft | None, str]:
    """The draft and the number of a ready reason, from the argument `draft.number`."""
    draft, _, number = argument.rpartition(".")
    return parse_draft(draft), number if number.isascii() and number.isdigit() else ""
