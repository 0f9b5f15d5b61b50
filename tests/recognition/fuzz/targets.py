"""What is fuzzed: each target takes bytes, and may end only as it says it does."""

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from recognition.files.open_file import open_file
from recognition.files.refused import FileRefusedError
from recognition.files.sniff import sniff
from recognition.files.tiff_directory import read_directories
from recognition.form import FormError, form_to_json, load_form, parse_payload
from recognition.limits import DEFAULT
from recognition.pages.check import check_page
from recognition.pool.wire import report_from_json, report_to_json
from tests.recognition.drawn import PRACTICE, printed, raster, scanned
from tests.recognition.hostile import archives, cuts, lies, pdfs, strangers, tiffs
from tests.recognition.hostile.made import SLOW, Hostile, saved

LIMITS = replace(DEFAULT, pixels=2_000_000, side_px=4_000, pages=5, archive_free_bytes=5_000_000)
"""Small, so that each try is short: size is what the hostile files are for."""
_WORK = Path(tempfile.gettempdir()) / f"fuzzed-{os.getpid()}"


@dataclass(frozen=True, slots=True)
class Target:
    """`seeds`: where the search begins."""

    run: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]


def _file(data: bytes) -> None:
    """Every page of a file, to the last pixel and its report."""
    _WORK.write_bytes(data)
    with suppress(FileRefusedError):
        file = open_file(_WORK, LIMITS)
        for index in range(min(file.page_count, 3)):
            with suppress(FileRefusedError):
                check_page(index, file.page(index), PRACTICE, "TEST")


def _sniff(data: bytes) -> None:
    with suppress(FileRefusedError):
        sniff(data)


def _directories(data: bytes) -> None:
    with suppress(FileRefusedError):
        read_directories(memoryview(data), 5)


def _payload(data: bytes) -> None:
    identity = parse_payload(PRACTICE, data.decode("utf-8", "replace"))
    if identity is not None and not 1 <= identity.page <= (identity.pages or identity.page):
        raise AssertionError(identity)


def _form(data: bytes) -> None:
    with suppress(FormError, ValueError, RecursionError):
        plain = json.loads(data)
        with suppress(FormError):
            form = load_form(plain)
            if load_form(form_to_json(form)) != form:
                raise AssertionError(plain)


def _wire(data: bytes) -> None:
    """An answer of a child that a file has taken over."""
    with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
        report_to_json(report_from_json(json.loads(data)))


def _seeds(*families: Callable[[], object]) -> list[bytes]:
    made = [one for family in families for one in family()]  # type: ignore[attr-defined]
    return [one.data for one in made if isinstance(one, Hostile) and len(one.data) < 200_000 and one.stem not in SLOW]


def _report() -> bytes:
    report, _ = check_page(0, raster(scanned(printed(), 150), 150), PRACTICE, "TEST")
    return json.dumps(report_to_json(report)).encode()


TARGETS = {
    "pictures": Target(
        _file, lambda: [saved(kind) for kind in ("JPEG", "PNG", "WEBP", "BMP", "GIF")] + _seeds(lies.made)
    ),
    "tiff": Target(_file, lambda: [saved("TIFF", compression="tiff_lzw"), *_seeds(tiffs.made)]),
    "pdf": Target(_file, lambda: [saved("PDF"), *_seeds(pdfs.made)]),
    "zip": Target(_file, lambda: _seeds(archives.made)),
    "sniff": Target(_sniff, lambda: _seeds(strangers.made, cuts.made)),
    "directories": Target(_directories, lambda: _seeds(tiffs.made)),
    "payload": Target(_payload, lambda: [b"AP1TEST12345670104ABCD", b"AP1PRACTICE123456701047GAZ"]),
    "form": Target(_form, lambda: [json.dumps(form_to_json(PRACTICE)).encode()]),
    "wire": Target(_wire, lambda: [_report()]),
}
