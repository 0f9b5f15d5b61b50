"""The record of every request to the API, for people and tests to read."""

from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

KEPT = 10_000


@dataclass(frozen=True)
class Entry:
    """``params`` without the bytes of files; ``took_ms`` from the request's arrival to the answer."""

    seq: int
    time: float
    bot: int | None
    method: str
    params: dict[str, Any]
    status: int
    description: str | None
    took_ms: int

    def view(self) -> dict[str, Any]:
        return asdict(self)


class Journal:
    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._seq = 0

    def next_seq(self) -> int:
        self._seq += 1
        return self._seq

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)

    def since(self, seq: int) -> list[Entry]:
        return [entry for entry in self._entries if entry.seq > seq]

    def clear(self) -> None:
        self._entries.clear()
