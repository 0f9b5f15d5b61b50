"""Files made to harm: each family a module, each file with the answers that are right for it.

Nothing is stored: the files are made anew, always the same. `python -m tests.recognition.hostile` prints what comes of
them.
"""

from collections.abc import Iterator

from tests.recognition.hostile import archives, bombs, cuts, lies, pages, pdfs, strangers, tiffs
from tests.recognition.hostile.made import Hostile

FAMILIES = {
    "cut short": cuts.made,
    "headers that lie": lies.made,
    "bombs": bombs.made,
    "TIFF directories": tiffs.made,
    "PDF structure": pdfs.made,
    "archives": archives.made,
    "no scans at all": strangers.made,
    "pages that deceive": pages.made,
}


def hostile_files() -> Iterator[tuple[str, Hostile]]:
    """Every file with the name of its family."""
    for family, make in FAMILIES.items():
        for one in make():
            yield family, one
