"""What keeps a form from being learned, and what is to be said of one that was."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class LearnFault(StrEnum):
    """Why no form can be made of the file. Codes, never words."""

    NOT_PDF = "not_pdf"
    ENCRYPTED = "encrypted"
    SCANNED = "scanned"
    NO_SYMBOLS = "no_symbols"
    PAGE_WITHOUT_SYMBOL = "page_without_symbol"
    TOO_MANY_SYMBOLS = "too_many_symbols"
    SYMBOLS_DIFFER = "symbols_differ"
    PAPERS_DIFFER = "papers_differ"
    ONE_KIT = "one_kit"
    NO_PAGE_PART = "no_page_part"
    NO_COMMON_SHAPE = "no_common_shape"
    KITS_UNEQUAL = "kits_unequal"
    PLACES_DIFFER = "places_differ"
    EVENT_NOT_FOUND = "event_not_found"
    UNUSABLE = "unusable"


class LearnNote(StrEnum):
    """What was inferred with a doubt, or not at all."""

    CHECK_UNPROVED = "check_unproved"
    CHECK_NONE = "check_none"
    EVENT_CONSTANT = "event_constant"
    ONE_PAGE_KITS = "one_page_kits"
    FEW_KITS = "few_kits"
    SQUARES_IGNORED = "squares_ignored"
    NO_SQUARES = "no_squares"
    FIRST_PAGES_ONLY = "first_pages_only"
    FIELDS_UNKNOWN = "fields_unknown"


class LearnError(ValueError):
    """No form can be made of the file. `values` belong to the text of the fault."""

    def __init__(self, fault: LearnFault, **values: Any) -> None:
        super().__init__(f"{fault.value} {values}")
        self.fault = fault
        self.values = values


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to be said, with the values of its text."""

    code: LearnNote
    values: dict[str, Any] = field(default_factory=dict)
