"""What a child keeps while it compares: a few open files and pages, so that each is read once."""

from collections import OrderedDict
from pathlib import Path

from recognition.codes import FileError
from recognition.files.open_file import ScanFile, open_file
from recognition.files.refused import FileRefusedError
from recognition.form import Form
from recognition.limits import Limits
from recognition.sheets.comparison import Spot
from recognition.sheets.page import SheetPage, sheet_page

MOST_PAGES = 32
"""9 MB each."""
MOST_FILES, MOST_FILE_BYTES = 8, 250_000_000
"""A child may open only so many files, and its memory limit counts what of them is mapped."""


class Shelf:
    """Pages of one form by their spot, and the files they come from; the longest unused are given up first."""

    def __init__(self, limits: Limits, form: Form) -> None:
        self.limits = limits
        self.form = form
        self._files: OrderedDict[Path, tuple[ScanFile, int]] = OrderedDict()
        self._pages: OrderedDict[Spot, SheetPage] = OrderedDict()

    def page(self, spot: Spot) -> SheetPage:
        """The page, read where it is not at hand. Raises FileRefusedError."""
        if spot not in self._pages:
            self._pages[spot] = self._read(spot)
        self._pages.move_to_end(spot)
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        return self._pages[spot]

    def _read(self, spot: Spot) -> SheetPage:
        file = self._open(spot.path)
        if not 0 <= spot.index < file.page_count:
            raise FileRefusedError(FileError.TRUNCATED)
        return sheet_page(file.page(spot.index), self.form)

    def _open(self, path: Path) -> ScanFile:
        if path not in self._files:
            size = path.stat().st_size
            while self._files and (len(self._files) >= MOST_FILES or size + self._held > MOST_FILE_BYTES):
                self._files.popitem(last=False)
            self._files[path] = open_file(path, self.limits), size
        self._files.move_to_end(path)
        return self._files[path][0]

    @property
    def _held(self) -> int:
        return sum(size for _, size in self._files.values())
