"""Which files are meant by the paths typed after `aprobot check`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.cli.fault import WRONG_USAGE, Fault

_SCANS = (".pdf", ".jpg", ".jpeg", ".jpe", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif", ".avif", ".bmp", ".gif")
_MEANT_AS_SCANS = (".jp2", ".djvu", ".zip", ".rar", ".7z")
_SCAN_NAMES = frozenset((*_SCANS, *_MEANT_AS_SCANS))
"""A file in a folder that is named so was meant as a scan, whatever is in it."""


def scans_of(paths: Sequence[Path]) -> list[Path]:
    """Files as they were named, folders walked to the bottom in the order of names; each file once.

    In a folder only what is named or begins like a scan is taken: lists and notes lie beside scans.
    """
    if not paths:
        raise Fault("check.refused.paths", WRONG_USAGE)
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise Fault("check.refused.no_path", WRONG_USAGE, path=path)
        inside = sorted(_walked(path)) if path.is_dir() else [path]
        if not inside:
            raise Fault("check.refused.nothing", WRONG_USAGE, path=path)
        found |= dict.fromkeys(inside)
    for path in found:
        # A file without the right to read it is told of now, in one sentence, not after minutes of work.
        path.open("rb").close()
    return list(found)


def _walked(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and (path.suffix.lower() in _SCAN_NAMES or _begins_like_a_scan(path)):
            yield path


def _begins_like_a_scan(path: Path) -> bool:
    from recognition.files.refused import FileRefusedError
    from recognition.files.sniff import HEAD_BYTES, sniff

    with path.open("rb") as stream:
        try:
            sniff(stream.read(HEAD_BYTES))
        except FileRefusedError:
            return False
    return True
