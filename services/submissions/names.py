"""Names of files as people and their programs give them: other people's words, made fit to show."""

import re
import unicodedata
from pathlib import PurePosixPath

MOST_LETTERS = 200
LONGEST_ENDING = 10
UNNAMED = "scan"


def clean_name(raw: str | None) -> str:
    """A name without folders, control characters and marks that turn the writing round, at most 200 letters long.

    The ending survives the cut, because it says what kind of file it is. A name that loses everything becomes `scan`.
    """
    last = re.split(r"[/\\]", raw or "")[-1]
    visible = "".join(" " if letter.isspace() else letter for letter in last if is_shown(letter) or letter.isspace())
    name = " ".join(visible.split()).strip(". ")
    return shortened(name) or UNNAMED


def is_shown(letter: str) -> bool:
    """False for control and format characters, lone surrogates and what Unicode has not assigned."""
    return not unicodedata.category(letter).startswith("C")


def shortened(name: str) -> str:
    if len(name) <= MOST_LETTERS:
        return name
    ending = PurePosixPath(name).suffix[:LONGEST_ENDING]
    return name[: MOST_LETTERS - len(ending) - 1].rstrip() + "…" + ending
