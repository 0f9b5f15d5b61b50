"""What the ledger makes of one page."""

from enum import StrEnum


class Credit(StrEnum):
    """`again`: another scan of the same sheet counts. `undecided`: the page was seen before, and whether this is the
    same sheet cannot be told; it counts once. `two_sheets`: a different sheet carries the same number, so neither
    counts until a person decides; `aside`: that decision was against this sheet.

    `surplus`: all N places were taken before it. `other_college`: the kit is another college's. `unknown_kit`: it is in
    none of the print files. `test`: a test scan, kept outside the ledger. `none`: the page is not sound.
    """

    COUNTED = "counted"
    AGAIN = "again"
    UNDECIDED = "undecided"
    TWO_SHEETS = "two_sheets"
    ASIDE = "aside"
    SURPLUS = "surplus"
    OTHER_EVENT = "other_event"
    OTHER_COLLEGE = "other_college"
    UNKNOWN_KIT = "unknown_kit"
    TEST = "test"
    NONE = "none"
