"""Warm child processes that check files, guarded: one bad file harms no other."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recognition.codes import FileError, Severity, Verdict
from recognition.files.refused import FileRefusedError
from recognition.files.sniff import HEAD_BYTES, FileFormat, sniff
from recognition.form import Form, form_to_json, practice_form
from recognition.form_learning.faults import LearnError, LearnFault
from recognition.limits import DEFAULT, Limits
from recognition.pool.pairs import Pairs
from recognition.pool.wire import report_from_json
from recognition.pool.worker import Worker, WorkerLostError, started
from recognition.report import FileReport, PageReport
from recognition.sheets.comparison import Comparison, Spot

_log = logging.getLogger(__name__)

_PAGES_WORTH_A_SECOND_WORKER = 3
_OUT_OF_MEMORY_SIGNALS = (-6, -9, -4, -5)
"""SIGABRT, SIGKILL, SIGILL and SIGTRAP: how allocators end a process that may have no more."""
_WORST_FIRST = (Verdict.REJECTED, Verdict.FOREIGN, Verdict.WARNING)


@dataclass(slots=True)
class _Job:
    """One file on its way through the pool."""

    path: Path
    form: Form
    event: str | None
    opening: dict[str, Any]
    labels: dict[str, str]
    on_page: Callable[[int, int], None] | None
    total: int = 0
    waiting: Iterator[int] = field(default_factory=lambda: iter(()))
    reports: dict[int, PageReport] = field(default_factory=dict)

    def done(self, report: PageReport) -> None:
        self.reports[report.index] = report
        if self.on_page:
            self.on_page(len(self.reports), self.total)


LEARN_SECONDS = 120.0
"""Sixty pages drawn finely take half a minute."""


class Pool:
    """`workers` children, each checking one file at a time; a long file is shared among those that are free."""

    def __init__(self, workers: int, limits: Limits = DEFAULT) -> None:
        self.limits = limits
        self.workers = [Worker(limits) for _ in range(workers)]
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        for worker in self.workers:
            self._idle.put_nowait(worker)

    async def start(self) -> None:
        """Starts every child and waits until all are ready."""
        async with asyncio.TaskGroup() as group:
            for worker in self.workers:
                group.create_task(worker.start())
        if not all(worker.has_zbar for worker in self.workers):
            _log.warning("libzbar is not installed: symbols crossed by bars get no last look")
        if self.missing:
            _log.warning("the kernel does not let the children give up everything: %s", ", ".join(self.missing))

    @property
    def missing(self) -> tuple[str, ...]:
        """Guards that at least one child lives without: read_only_files, no_network. Empty before `start`."""
        return tuple(sorted({guard for worker in self.workers for guard in worker.missing}))

    async def close(self) -> None:
        """Ends every child."""
        async with asyncio.TaskGroup() as group:
            for worker in self.workers:
                group.create_task(worker.stop())

    async def check(
        self,
        path: Path,
        form: Form,
        *,
        event: str | None,
        labels: Mapping[str, str] | None = None,
        pictures: int = 0,
        on_page: Callable[[int, int], None] | None = None,
    ) -> FileReport:
        """The report of one file. Whatever is wrong with the file is in the report; nothing is raised for it.

        Raises OSError only where the path cannot be opened at all, before any child is asked.
        `labels`: problem code to the short text drawn on the picture. `pictures`: of how many bad pages, worst first.
        `on_page` is told after each page how many of how many are done.
        """
        path.open("rb").close()
        opening = {"op": "open", "path": str(path.absolute()), "form": form_to_json(form), "event": event}
        job = _Job(path, form, event, opening, dict(labels or {}), on_page)
        try:
            async with asyncio.timeout(self.limits.file_seconds):
                return await self._checked(job, pictures)
        except FileRefusedError as refused:
            return FileReport(error=refused.code, detail=refused.detail)
        except TimeoutError:
            return FileReport(error=FileError.TIMEOUT)

    async def compare(self, pairs: Sequence[tuple[Spot, Spot]], form: Form) -> list[Comparison]:
        """For each pair of pages whether they show one sheet of paper. Nothing is raised for what is in the files."""
        async with self._worker() as worker:
            desk = Pairs(worker, self.limits, form)
            return [await desk.compare(first, second) for first, second in pairs]

    async def portray(self, spots: Sequence[Spot], form: Form) -> list[bytes | None]:
        """Each page upright as a JPEG of at most 300 KB; None for what cannot be read."""
        async with self._worker() as worker:
            desk = Pairs(worker, self.limits, form)
            return [await desk.portray(spot) for spot in spots]

    async def decode(self, path: Path) -> str | None:
        """The text of the first symbol in any picture file; None where there is none or the file cannot be read."""
        job = _Job(path, practice_form(), None, {"op": "decode", "path": str(path.absolute())}, {}, None)
        try:
            path.open("rb").close()
            async with self._worker() as worker:
                answer, _ = await self._ask(worker, job, None, self.limits.open_seconds + self.limits.page_seconds)
        except (FileRefusedError, OSError) as refused:
            _log.info("%s: nothing can be read (%s)", path.name, refused)
            return None
        text = answer.get("text")
        return text if isinstance(text, str) else None

    async def learn(self, path: Path, name: str, event: str | None) -> dict[str, Any]:
        """What `form_learning.learn` gives. Raises LearnError, and FileRefusedError where no child lives through it."""
        path.open("rb").close()
        asked = {"op": "learn", "path": str(path.absolute()), "name": name, "event": event}
        async with self._worker() as worker:
            answer, _ = await self._ask(worker, _Job(path, practice_form(), None, asked, {}, None), None, LEARN_SECONDS)
        if "fault" in answer:
            raise LearnError(LearnFault(answer["fault"]), **answer["values"])
        return dict(answer["learned"])

    async def _checked(self, job: _Job, pictures: int) -> FileReport:
        async with self._worker() as first:
            opened, _ = await self._ask(first, job, None, self.limits.open_seconds)
            job.total = int(opened["pages"])
            job.waiting = iter(range(job.total))
            await self._share(first, job)
            drawn = {index: await self._picture(first, job, index) for index in _worst(job.reports, pictures)}
        reports = tuple(job.reports[index] for index in sorted(job.reports))
        return FileReport(pages=reports, pictures={index: picture for index, picture in drawn.items() if picture})

    async def _share(self, first: Worker, job: _Job) -> None:
        """All pages, by this worker and by those that happen to be free; each takes the next page when it is done."""
        helpers = min(self._idle.qsize(), job.total // _PAGES_WORTH_A_SECOND_WORKER)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pages(first, job))
                for _ in range(helpers):
                    group.create_task(self._help(job))
        except* FileRefusedError as refusals:
            raise _first(refusals) from None

    async def _help(self, job: _Job) -> None:
        if self._idle.empty():
            return
        async with self._worker() as worker:
            await self._ask(worker, job, None, self.limits.open_seconds)
            await self._pages(worker, job)

    async def _pages(self, worker: Worker, job: _Job) -> None:
        for index in job.waiting:
            answer, _ = await self._ask(worker, job, {"op": "page", "index": index}, self.limits.page_seconds)
            job.done(report_from_json(answer["report"]))

    async def _picture(self, worker: Worker, job: _Job, index: int) -> bytes:
        """A picture that cannot be drawn is left out: the report of its page stands without it."""
        try:
            asked = {"op": "picture", "index": index, "labels": job.labels}
            _, picture = await self._ask(worker, job, asked, self.limits.page_seconds)
        except FileRefusedError as refused:
            _log.warning("no picture of page %d: %s", index + 1, refused.code)
            return b""
        return picture

    async def _ask(
        self, worker: Worker, job: _Job, request: dict[str, Any] | None, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        """Asks about the job's file (`None`: opens it); a lost child is replaced and asked once more.

        Raises FileRefusedError, also where the second child is lost too.
        """
        try:
            return await self._once(worker, request or job.opening, seconds)
        except WorkerLostError as lost:
            _log.warning("a child was lost (%s) and is replaced; it said: %s", lost, lost.said or "nothing")
        try:
            await worker.start()
            if request:
                await self._once(worker, job.opening, self.limits.open_seconds)
            return await self._once(worker, request or job.opening, seconds)
        except WorkerLostError as lost:
            _log.warning("the file is refused: a second child was lost (%s)", lost)
            raise FileRefusedError(_why(lost, job.path)) from lost

    async def _once(self, worker: Worker, request: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        answer, blob = await worker.ask(request, seconds)
        if "failed" in answer:
            await worker.kill()
            raise WorkerLostError(late=False, said=str(answer["failed"]))
        if "refused" in answer:
            code = FileError(answer["refused"])
            if code is FileError.MEMORY_LIMIT:
                await worker.kill()
            raise FileRefusedError(code, **dict(answer["detail"]))
        return answer, blob

    @asynccontextmanager
    async def _worker(self) -> AsyncIterator[Worker]:
        worker = await self._idle.get()
        try:
            await started(worker)
            yield worker
        finally:
            self._idle.put_nowait(worker)


def _first(refusals: BaseExceptionGroup[FileRefusedError]) -> BaseException:
    inner = refusals.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner


def _why(lost: WorkerLostError, path: Path) -> FileError:
    """Twice lost on one file: the file is the cause, and the way the child ended tells which."""
    if lost.late:
        return FileError.TIMEOUT
    if lost.status in _OUT_OF_MEMORY_SIGNALS:
        return FileError.MEMORY_LIMIT
    with path.open("rb") as stream:
        kind = sniff(stream.read(HEAD_BYTES))
    return FileError.BROKEN_PDF if kind is FileFormat.PDF else FileError.TRUNCATED


def _worst(reports: Mapping[int, PageReport], limit: int) -> list[int]:
    """Indices of at most `limit` pages that need a picture, the worst first."""
    bad = [report for report in reports.values() if report.verdict in _WORST_FIRST]

    def rank(report: PageReport) -> tuple[int, int, int]:
        severe = sum(problem.severity is Severity.REJECTED for problem in report.problems)
        return _WORST_FIRST.index(report.verdict), -severe, report.index

    return [report.index for report in sorted(bad, key=rank)][:limit]
