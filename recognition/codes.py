"""The closed vocabulary of recognition: what can be wrong with a page or a file, and how bad it is.

Codes only, never words: the catalogue gives each a title and a remedy. The strings are part of the JSON of
`aprobot check` and stay stable once published.
"""

from enum import StrEnum


class Severity(StrEnum):
    """How much a problem endangers the result; the order is from worst to mildest."""

    REJECTED = "rejected"
    WARNING = "warning"
    NOTE = "note"


class PageProblem(StrEnum):
    """What can be wrong with one page."""

    QR_MISSING = "qr_missing"
    QR_DAMAGED = "qr_damaged"
    QR_DEFECT = "qr_defect"
    QR_WEAK = "qr_weak"
    QR_FOREIGN = "qr_foreign"
    FIDUCIALS_MISSING = "fiducials_missing"
    FIDUCIAL_DEFECT = "fiducial_defect"
    PRINTED_SCALED = "printed_scaled"
    FEED_STRETCHED = "feed_stretched"
    PAGE_CUT = "page_cut"
    SKEWED = "skewed"
    LOW_RESOLUTION = "low_resolution"
    LOW_CONTRAST = "low_contrast"
    STREAKS = "streaks"
    DIRTY_GLASS = "dirty_glass"
    BLURRED = "blurred"
    MARK_OVER_SYMBOL = "mark_over_symbol"
    FOLDED_CORNER = "folded_corner"
    TWO_PAGES_ON_ONE = "two_pages_on_one"
    WRONG_PAPER_SIZE = "wrong_paper_size"
    DOUBLE_PRINT = "double_print"
    SAME_SHEET_AGAIN = "same_sheet_again"
    OTHER_EVENT = "other_event"
    UNKNOWN_KIT = "unknown_kit"
    BLANK_PAGE = "blank_page"
    PHOTO_NOT_SCAN = "photo_not_scan"


class FileError(StrEnum):
    """Why a whole file could not be read."""

    FILE_TOO_LARGE = "file_too_large"
    NOT_AN_IMAGE = "not_an_image"
    TRUNCATED = "truncated"
    ENCRYPTED_PDF = "encrypted_pdf"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    EMPTY_FILE = "empty_file"
    UNSUPPORTED_FORMAT = "unsupported_format"
    UNSUPPORTED_CODING = "unsupported_coding"
    TIMEOUT = "timeout"
    MEMORY_LIMIT = "memory_limit"
    BROKEN_PDF = "broken_pdf"
    ARCHIVE_NOT_SUPPORTED = "archive_not_supported"
    ARCHIVE_ENCRYPTED = "archive_encrypted"
    ARCHIVE_NESTED = "archive_nested"
    ARCHIVE_TOO_LARGE = "archive_too_large"
    ARCHIVE_WITHOUT_SCANS = "archive_without_scans"


class Verdict(StrEnum):
    """What a page is worth to the kit ledger."""

    OK = "ok"
    WARNING = "warning"
    REJECTED = "rejected"
    BLANK = "blank"
    FOREIGN = "foreign"


class SymbolState(StrEnum):
    """One place where the form prints a QR symbol."""

    OK = "ok"
    DAMAGED = "damaged"
    MISSING = "missing"


class PageQr(StrEnum):
    """The page's identity as its symbols give it, taken together."""

    OK = "ok"
    DAMAGED = "damaged"
    MISSING = "missing"
    FOREIGN = "foreign"
