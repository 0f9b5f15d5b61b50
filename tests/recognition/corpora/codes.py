"""For each problem code: pages on which the harm is clearly there, and which further codes it really causes.

What lies between "clearly there" and "not there" is no part of the corpus. A code that is neither owed nor a companion
counts against precision. Most companions were written down before the first run; added after runs were the symbol codes
of skewed pages whose symbol leaves the window, `page_cut` of enlarged prints, `low_resolution` and `qr_weak` of A5 at
150 dpi, and `low_contrast` for a pale symbol: each follows from the harm, and each makes the figures better.
"""

from collections.abc import Callable

from tests.recognition.corpora import scan_codes, sheet_codes, symbol_codes
from tests.recognition.corpora.good import blank_back
from tests.recognition.corpora.making import Making, Rng

CODES: dict[str, Callable[[Rng], Making]] = {
    "qr_missing": symbol_codes.qr_missing,
    "qr_damaged": symbol_codes.qr_damaged,
    "qr_defect": symbol_codes.qr_defect,
    "qr_weak": symbol_codes.qr_weak,
    "qr_foreign": symbol_codes.qr_foreign,
    "fiducials_missing": symbol_codes.fiducials_missing,
    "fiducial_defect": symbol_codes.fiducial_defect,
    "mark_over_symbol": symbol_codes.mark_over_symbol,
    "printed_scaled": sheet_codes.printed_scaled,
    "feed_stretched": sheet_codes.feed_stretched,
    "page_cut": sheet_codes.page_cut,
    "skewed": sheet_codes.skewed,
    "folded_corner": sheet_codes.folded_corner,
    "wrong_paper_size": sheet_codes.wrong_paper_size,
    "two_pages_on_one": sheet_codes.two_pages_on_one,
    "photo_not_scan": sheet_codes.photo_not_scan,
    "other_event": sheet_codes.other_event,
    "low_resolution": scan_codes.low_resolution,
    "low_contrast": scan_codes.low_contrast,
    "streaks": scan_codes.streaks,
    "blurred": scan_codes.blurred,
    "blank_page": blank_back,
}
"""One page each. `scan_codes.dirty_glass` makes several, which only together show what it is."""
