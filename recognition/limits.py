"""Every limit that stands between a stranger's bytes and a decoder, in one place.

Sizes come from real scanners: an A3 sheet at 600 dpi is 70 Mpx and must pass; what is larger is refused by its header,
before a single pixel is decoded.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file. The child process enforces the first group, its supervisor the second."""

    file_bytes: int = 500_000_000
    """The web page takes 500 MB; the messenger's own limit is lower and is told to people before download."""
    pixels: int = 80_000_000
    """Per page: A3 at 600 dpi is 70 Mpx."""
    side_px: int = 20_000
    """Per side: a header may claim 1 x 80 000 000."""
    pages: int = 200
    """Per file."""
    archive_entries: int = 1000
    """Files in an archive of scans; one page each is the most that is useful, and folders hold notes beside them."""
    archive_ratio: int = 200
    """An archive may grow so many times: grey scans hardly shrink in a zip, bilevel bitmaps ten to fifty times."""
    archive_free_bytes: int = 50_000_000
    """What an archive may unpack to whatever its ratio: some blank bitmaps are no bomb."""
    render_dpi: int = 200
    """Pages that are not one plain scan are drawn at this resolution."""
    page_objects: int = 400
    """A page with more drawing objects than this is drawn without looking at each."""

    memory_bytes: int = 1_500_000_000
    """Address space of a child (RLIMIT_AS)."""
    open_files: int = 64
    open_seconds: float = 15.0
    """Header, directory and page count of one file."""
    page_seconds: float = 5.0
    """One page from bytes to report."""
    file_seconds: float = 600.0
    """A whole file, however many pages."""
    start_seconds: float = 60.0
    """A child that has not become ready by then is started anew."""
    message_bytes: int = 4_000_000
    """What a child may say in one answer; more is taken for a child gone mad."""


DEFAULT = Limits()
