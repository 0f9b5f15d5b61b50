"""Tells whoever looks on (pages, waiting tests) what has just changed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

BACKLOG = 1000


@dataclass(frozen=True)
class Event:
    kind: str
    person: int | None
    bot: int | None
    data: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "person": self.person, "bot": self.bot, "data": self.data}


@dataclass(eq=False)
class Listener:
    queue: asyncio.Queue[Event | None] = field(default_factory=lambda: asyncio.Queue(BACKLOG))

    async def events(self, heartbeat_s: float) -> AsyncIterator[Event | None]:
        """Events as they come; None after each quiet ``heartbeat_s``; ends when the sandbox closes."""
        while True:
            try:
                event = await asyncio.wait_for(self.queue.get(), heartbeat_s)
            except TimeoutError:
                yield None
                continue
            if event is None:
                return
            yield event


class Hub:
    """Publishing never waits: a listener that fell a thousand events behind is cut off and must look afresh."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._change = 0
        self.closed = False

    @property
    def change(self) -> int:
        """The number of the latest visible change."""
        return self._change

    def next_change(self) -> int:
        self._change += 1
        return self._change

    def listen(self) -> Listener:
        listener = Listener()
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    def publish(self, kind: str, data: dict[str, Any], *, person: int | None = None, bot: int | None = None) -> None:
        event = Event(kind, person, bot, data)
        for listener in list(self._listeners):
            try:
                listener.queue.put_nowait(event)
            except asyncio.QueueFull:
                self._cut(listener)

    def _cut(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        with suppress(asyncio.QueueEmpty):
            while True:
                listener.queue.get_nowait()
        listener.queue.put_nowait(None)

    def close(self) -> None:
        self.closed = True
        for listener in list(self._listeners):
            self._cut(listener)
