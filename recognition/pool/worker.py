"""One child process as its parent sees it: asked, waited for, killed, started anew."""

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from recognition.limits import Limits
from recognition.pool.wire import HEADER, pack

_ROOT = Path(__file__).resolve().parents[2]
_FAREWELL_SECONDS = 2.0
_STARTS = 3
_log = logging.getLogger(__name__)


class WorkerLostError(Exception):
    """The child gave no answer: `late` where its time ran out, else it died; `status` is its exit status."""

    def __init__(self, *, late: bool, status: int | None = None, said: str = "") -> None:
        super().__init__("late" if late else f"dead, status {status}")
        self.late = late
        self.status = status
        self.said = said


class Worker:
    """A warm child. Used by one coroutine at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.has_zbar = True
        self.missing: tuple[str, ...] = ()
        """Guards that the kernel does not give: read_only_files, no_network."""
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """The process id while the child lives."""
        return self._process.pid if self.alive and self._process else None

    @property
    def alive(self) -> bool:
        """Whether there is a child to ask."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Starts a child unless one lives, and waits until it is ready. Raises WorkerLostError."""
        if self.alive:
            return
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "recognition.pool.child",
            str(os.getpid()),
            json.dumps(asdict(self.limits)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=_environment(self.limits),
            start_new_session=True,
        )
        ready, _ = await self._within(self.limits.start_seconds, self._hear())
        self.has_zbar = bool(ready.get("zbar"))
        self.missing = tuple(str(guard) for guard in ready.get("missing", ()))

    async def ask(self, request: Mapping[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """One question, one answer. Raises WorkerLostError; the child is then dead and must be started."""
        return await self._within(seconds, self._exchange(dict(request)))

    async def kill(self) -> None:
        """Ends the child at once and waits until it is gone."""
        if self._process is None:
            return
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                # Not Process.kill: it asks for the exit status first and so takes it away from asyncio's own watcher.
                os.kill(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    async def stop(self) -> None:
        """Lets the child go: its input ends, and what has not ended soon after is killed."""
        if self._process is not None and self._process.returncode is None and self._process.stdin is not None:
            self._process.stdin.close()
            try:
                await asyncio.wait_for(self._process.wait(), _FAREWELL_SECONDS)
            except TimeoutError:
                await self.kill()

    async def _within(self, seconds: float, answer: Any) -> tuple[dict[str, Any], bytes]:
        try:
            async with asyncio.timeout(seconds):
                heard: tuple[dict[str, Any], bytes] = await answer
                return heard
        except TimeoutError as error:
            await self.kill()
            raise WorkerLostError(late=True) from error
        except (OSError, EOFError, ValueError, TypeError) as error:
            await self.kill()
            status = self._process.returncode if self._process else None
            raise WorkerLostError(late=False, status=status) from error
        except asyncio.CancelledError:
            # Nobody will read the answer that is on its way, so this child cannot be asked again.
            await asyncio.shield(self.kill())
            raise

    async def _exchange(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        process = self._process
        if process is None or process.stdin is None:
            raise EOFError
        process.stdin.write(pack(request))
        await process.stdin.drain()
        return await self._hear()

    async def _hear(self) -> tuple[dict[str, Any], bytes]:
        if self._process is None or self._process.stdout is None:
            raise EOFError
        length, extra = HEADER.unpack(await self._process.stdout.readexactly(HEADER.size))
        if length + extra > self.limits.message_bytes:
            raise ValueError(length + extra)
        said = json.loads(await self._process.stdout.readexactly(length))
        if not isinstance(said, dict):
            raise TypeError
        return said, await self._process.stdout.readexactly(extra)


async def started(worker: Worker) -> None:
    """Starts the child where none lives. Raises WorkerLostError where the system lets none live, whatever the file."""
    for _ in range(_STARTS):
        try:
            return await worker.start()
        except WorkerLostError as lost:
            _log.warning("a child did not become ready (%s)", lost)
    return await worker.start()


def _environment(limits: Limits) -> dict[str, str]:
    """Only what a decoder needs: no token or password of the parent's environment is within a child's reach."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH", "VIRTUAL_ENV") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
        # Each thread of a numeric library reserves address space, which the memory limit counts.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "OPENCV_IO_MAX_IMAGE_PIXELS": str(limits.pixels),
        "OPENCV_IO_MAX_IMAGE_WIDTH": str(limits.side_px),
        "OPENCV_IO_MAX_IMAGE_HEIGHT": str(limits.side_px),
        "OPENCV_LOG_LEVEL": "SILENT",
        # Page buffers are reused instead of being mapped and faulted in anew for each page.
        "MALLOC_MMAP_THRESHOLD_": "268435456",
        "MALLOC_TRIM_THRESHOLD_": "536870912",
    }
