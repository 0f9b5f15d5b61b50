"""Writes scans into a folder, as a scanner's program does."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from recognition.simulator.encode import EncodedPage, FileFormat, encode
from recognition.simulator.pdf_file import PdfFile
from recognition.simulator.plan import PlannedScan, identify, plan
from recognition.simulator.printer import open_pdf
from recognition.simulator.scan import ScannedPage, scan_page
from recognition.simulator.settings import ScanSettings
from recognition.simulator.tiff_file import TiffFile

_ONE_FILE: dict[FileFormat, type[PdfFile] | type[TiffFile]] = {FileFormat.PDF: PdfFile, FileFormat.TIFF: TiffFile}


def write_scans(
    pages: Iterable[ScannedPage | EncodedPage], out: Path, file_format: FileFormat | str
) -> Iterator[dict[str, Any]]:
    """Writes the pages and yields the truth of each as it is written; `file` is the name within the folder."""
    file_format = FileFormat(file_format)
    packed = (page if isinstance(page, EncodedPage) else encode(page, file_format) for page in pages)
    out.mkdir(parents=True, exist_ok=True)
    if file_format in _ONE_FILE:
        yield from _into_one_file(packed, out / f"scans.{file_format}", file_format)
        return
    for number, page in enumerate(packed, 1):
        path = out / f"scan-{number:04d}.{file_format}"
        path.write_bytes(page.data)
        yield page.truth.to_json() | {"file": path.name}


def _into_one_file(pages: Iterable[EncodedPage], path: Path, file_format: FileFormat) -> Iterator[dict[str, Any]]:
    unfinished = path.with_name(path.name + ".part")
    try:
        with _ONE_FILE[file_format](unfinished) as file:
            for page in pages:
                file.add(page)
                yield page.truth.to_json() | {"file": path.name}
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


class ScanRun:
    """A run over a whole PDF by several processes, in order and with few pages in memory at once."""

    def __init__(self, pdf: bytes, settings: ScanSettings, file_format: FileFormat, workers: int = 1) -> None:
        self.pdf = pdf
        self.settings = settings
        self.file_format = file_format
        self.workers = workers
        self.planned = plan(identify(open_pdf(pdf), settings.form), settings)

    def __len__(self) -> int:
        return len(self.planned)

    def __iter__(self) -> Iterator[EncodedPage]:
        if self.workers == 1:
            document = open_pdf(self.pdf)
            return (encode(scan_page(document, one, self.settings), self.file_format) for one in self.planned)
        return self._by_processes()

    def _by_processes(self) -> Iterator[EncodedPage]:
        # Spawned, not forked: the caller may have threads, and OpenCV's do not survive a fork.
        with ProcessPoolExecutor(
            self.workers, get_context("spawn"), initializer=_open, initargs=(self.pdf, self.settings, self.file_format)
        ) as pool:
            waiting: deque[Future[EncodedPage]] = deque()
            for one in self.planned:
                waiting.append(pool.submit(_scan, one))
                if len(waiting) > 2 * self.workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()


_process: dict[str, Any] = {}
"""What a worker process holds: the document is opened once, not for each page."""


def _open(pdf: bytes, settings: ScanSettings, file_format: FileFormat) -> None:
    _process.update(document=open_pdf(pdf), settings=settings, file_format=file_format)


def _scan(planned: PlannedScan) -> EncodedPage:
    return encode(scan_page(_process["document"], planned, _process["settings"]), _process["file_format"])
