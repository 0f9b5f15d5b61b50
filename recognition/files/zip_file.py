"""A zip of scans as one file of pages: those of its scans, one scan after another in the order of their names.

Nothing is unpacked to a disk, and a name in an archive is only ever compared and shown, never used as a path.
"""

import bisect
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from recognition.codes import FileError
from recognition.files.raster import Raster, Source
from recognition.files.refused import FileRefusedError
from recognition.files.scan_file import ScanFile, open_scan
from recognition.files.sniff import HEAD_BYTES, FileFormat, sniff
from recognition.files.turn import Gray
from recognition.limits import Limits

_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_UNPACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What every system's own zip writes. The other methods can ask for gigabytes before the first byte."""
_MANY_PAGES = (FileFormat.PDF, FileFormat.TIFF)
_SCAN_NAMES = frozenset(
    (".pdf", ".jpg", ".jpeg", ".jpe", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif", ".avif", ".bmp", ".gif")
)
"""What is named so was meant as a scan, whatever is in it; of the rest only what begins like one is."""
_BESIDE_SCANS = frozenset(("thumbs.db", "desktop.ini"))
_NO_SCANS = (FileError.NOT_AN_IMAGE, FileError.EMPTY_FILE)
_SHOWN_NAME = 60


@dataclass(slots=True)
class ZipFile:
    """An open archive. The scan that was read last stays unpacked: pages are asked for one after another."""

    archive: zipfile.ZipFile
    entries: Sequence[zipfile.ZipInfo]
    limits: Limits
    ends: list[int] = field(default_factory=list)
    """For each scan the number of pages up to its last."""
    _held: tuple[int, ScanFile] | None = None

    @property
    def page_count(self) -> int:
        """The pages of all scans together."""
        return self.ends[-1]

    def page(self, index: int) -> Raster:
        """One page. Raises FileRefusedError, with the scan's name as `entry` in its detail."""
        place = bisect.bisect_right(self.ends, index)
        before = self.ends[place - 1] if place else 0
        entry = self.entries[place]
        with _told_of(entry):
            raster = self._scan(place).page(index - before)
        return replace(raster, source=_EntrySource(raster.source, entry), entry=shown_name(entry))

    def count(self) -> None:
        """Counts the pages of every scan. Raises FileRefusedError."""
        total = 0
        for place in range(len(self.entries)):
            with _told_of(self.entries[place]):
                total += self._pages_of(place)
            if total > self.limits.pages:
                raise FileRefusedError(FileError.TOO_MANY_PAGES, limit=self.limits.pages)
            self.ends.append(total)

    def _pages_of(self, place: int) -> int:
        # A picture's bytes are needed when its page is: its first ones tell that it is one page.
        kind = sniff(_unpacked(self.archive, self.entries[place], HEAD_BYTES))
        return self._scan(place).page_count if kind in _MANY_PAGES else 1

    def _scan(self, place: int) -> ScanFile:
        if self._held is None or self._held[0] != place:
            self._held = None
            data = _unpacked(self.archive, self.entries[place])
            self._held = place, open_scan(data, memoryview(data), sniff(data[:HEAD_BYTES]), self.limits)
        return self._held[1]


@dataclass(slots=True)
class _EntrySource:
    """Pixels of a scan in an archive: what is wrong with them is told with its name."""

    source: Source
    entry: zipfile.ZipInfo

    def gray(self, reduction: int) -> Gray:
        with _told_of(self.entry):
            return self.source.gray(reduction)


@contextmanager
def _told_of(entry: zipfile.ZipInfo) -> Iterator[None]:
    try:
        yield
    except FileRefusedError as refused:
        raise FileRefusedError(refused.code, **{**refused.detail, "entry": shown_name(entry)}) from refused


def open_zip(path: Path, limits: Limits) -> ZipFile:
    """Looks at the list of an archive and at how each scan in it begins.

    Raises FileRefusedError: truncated, not_an_image, archive_not_supported, archive_encrypted, archive_nested,
    archive_too_large, archive_without_scans, and for the pages as `open_file` does.
    """
    try:
        archive = zipfile.ZipFile(path)  # held open by the pages that come from it
        listed = archive.infolist()
    except NotImplementedError as error:
        raise FileRefusedError(FileError.ARCHIVE_NOT_SUPPORTED) from error
    except (zipfile.BadZipFile, ValueError, UnicodeError, EOFError) as error:
        raise FileRefusedError(FileError.TRUNCATED) from error
    if any(_name(entry) == "[Content_Types].xml" or _name(entry).startswith("META-INF/") for entry in listed):
        raise FileRefusedError(FileError.NOT_AN_IMAGE)
    files = [entry for entry in listed if _is_content(entry)]
    _check_bounds(files, path.stat().st_size, limits)
    _check_readable(files)
    scans = sorted((entry for entry in files if _is_scan(archive, entry)), key=_name)
    if not scans:
        raise FileRefusedError(FileError.ARCHIVE_WITHOUT_SCANS)
    opened = ZipFile(archive, scans, limits)
    opened.count()
    return opened


def shown_name(entry: zipfile.ZipInfo) -> str:
    """A name fit to be shown: the last part, without what nobody can see, and not too long."""
    last = PurePosixPath(_name(entry)).name
    seen = "".join(letter for letter in last if letter.isprintable())
    return seen if len(seen) <= _SHOWN_NAME else f"{seen[: _SHOWN_NAME // 2]}…{seen[1 - _SHOWN_NAME // 2 :]}"


def _name(entry: zipfile.ZipInfo) -> str:
    """Archives of Russian Windows name files in cp866 and do not say so; zipfile then takes them for cp437."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return entry.filename


def _is_content(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(_name(entry).replace("\\", "/"))
    aside = any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in path.parts)
    # zipfile itself looks at the last letter of a name, and a name may have none.
    return bool(entry.filename) and not (entry.is_dir() or aside or path.name.lower() in _BESIDE_SCANS)


def _check_bounds(files: Sequence[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    total = sum(entry.file_size for entry in files)
    swollen = total > limits.archive_free_bytes and total > limits.archive_ratio * size
    if len(files) > limits.archive_entries or total > limits.file_bytes or swollen:
        raise FileRefusedError(FileError.ARCHIVE_TOO_LARGE)


def _check_readable(files: Sequence[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in files):
        raise FileRefusedError(FileError.ARCHIVE_ENCRYPTED)
    if any(entry.compress_type not in _UNPACKED for entry in files):
        raise FileRefusedError(FileError.ARCHIVE_NOT_SUPPORTED)


def _is_scan(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether the entry is to be read. Raises FileRefusedError where it must not be passed over in silence."""
    named = PurePosixPath(_name(entry)).suffix.lower() in _SCAN_NAMES
    with _told_of(entry):
        head = _unpacked(archive, entry, HEAD_BYTES)
        try:
            kind = sniff(head)
        except FileRefusedError as refused:
            if refused.code is FileError.ARCHIVE_NOT_SUPPORTED:
                raise FileRefusedError(FileError.ARCHIVE_NESTED) from refused
            if named or refused.code not in _NO_SCANS:
                raise
            return False
        if kind is FileFormat.ZIP:
            raise FileRefusedError(FileError.ARCHIVE_NESTED)
    return True


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int | None = None) -> bytes:
    """The bytes of an entry, of which there are no more than its listing says, or the first `most` of them."""
    try:
        with archive.open(entry) as stream:
            data = stream.read(entry.file_size if most is None else min(most, entry.file_size))
            if most is None:
                stream.read(1)  # at the end the check sum is compared
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise FileRefusedError(FileError.TRUNCATED) from error
    return data
