"""Pages of several files side by side, in one guarded child: whatever a page does to it, the others are served."""

import logging
from typing import Any

from recognition.codes import FileError
from recognition.form import Form, form_to_json
from recognition.limits import Limits
from recognition.pool.wire import comparison_from_json
from recognition.pool.worker import Worker, WorkerLostError, started
from recognition.sheets.comparison import UNKNOWN, Comparison, Spot

_log = logging.getLogger(__name__)
_ATTEMPTS = 2


class Pairs:
    """One child's work on a batch of pairs. What cannot be read, or costs two children, is not asked for again."""

    def __init__(self, worker: Worker, limits: Limits, form: Form) -> None:
        self.worker = worker
        self.limits = limits
        self.form = form_to_json(form)
        self._read: set[Spot] = set()
        self._unreadable: set[Spot] = set()

    async def compare(self, first: Spot, second: Spot) -> Comparison:
        """The comparison; undecided where a page cannot be read or the child is lost over it."""
        if not (await self._readable(first) and await self._readable(second)):
            return UNKNOWN
        asked = {"op": "compare", "pair": [_plain(first), _plain(second)]}
        heard = await self._ask(asked, 2 * self._seconds)
        return UNKNOWN if heard is None else comparison_from_json(*heard)

    async def portray(self, spot: Spot) -> bytes | None:
        """The page's picture, None where it cannot be read."""
        heard = await self._ask({"op": "portray", "spot": _plain(spot)}, self._seconds)
        return None if heard is None else heard[1]

    @property
    def _seconds(self) -> float:
        return self.limits.open_seconds + self.limits.page_seconds

    async def _readable(self, spot: Spot) -> bool:
        if spot in self._unreadable or spot in self._read:
            return spot in self._read
        heard = await self._ask({"op": "sheet", "spot": _plain(spot)}, self._seconds)
        (self._unreadable if heard is None else self._read).add(spot)
        return heard is not None

    async def _ask(self, request: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes] | None:
        """The answer; a lost child is replaced and asked once more. None where there is none to be had."""
        for _ in range(_ATTEMPTS):
            await started(self.worker)
            try:
                answer, blob = await self.worker.ask(request | {"form": self.form}, seconds)
            except WorkerLostError as lost:
                _log.warning("a child was lost over a page (%s) and is replaced", lost)
                continue
            if "failed" in answer or answer.get("refused") == FileError.MEMORY_LIMIT:
                _log.warning("a child gave up over a page: %s", answer.get("failed", FileError.MEMORY_LIMIT))
                await self.worker.kill()
            return None if "failed" in answer or "refused" in answer else (answer, blob)
        return None


def _plain(spot: Spot) -> list[object]:
    return [str(spot.path.absolute()), spot.index]
