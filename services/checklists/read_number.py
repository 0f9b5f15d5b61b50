"""Reads the number of participants as people type it."""

import re
from enum import StrEnum

LOWEST = 1
HIGHEST = 2000
"""Real runs have hundreds a college; the limit only catches slips of the hand."""

WHOLE = re.compile(r"\+?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|\+?[0-9]{1,30}", re.ASCII)
NUMBER = re.compile(r"[-+\u2212\u2013\u2014]?\s*[0-9][0-9 \u00a0\u202f.,/]*", re.ASCII)


class NumberFault(StrEnum):
    """Why a text is not a number of participants."""

    WORDS = "words"
    NOT_WHOLE = "not_whole"
    OUT_OF_RANGE = "out_of_range"


def read_number(text: str) -> int | NumberFault:
    """`10` from " 10 "; a fault for anything else. A button's argument is read by the same rule."""
    trimmed = text.strip()
    if WHOLE.fullmatch(trimmed):
        number = int(re.sub(r"\D", "", trimmed))
        return number if LOWEST <= number <= HIGHEST else NumberFault.OUT_OF_RANGE
    if not NUMBER.fullmatch(trimmed):
        return NumberFault.WORDS
    return NumberFault.NOT_WHOLE if re.search(r"[.,/]", trimmed) else NumberFault.OUT_OF_RANGE
