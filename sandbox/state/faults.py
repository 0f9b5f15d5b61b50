"""Trouble on order: the next so many matching requests fail, stall or lose their connection."""

import asyncio
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field


class Fault(BaseModel):
    """``method`` and ``person`` narrow it; without them every request is hit.

    ``drop``: "before" closes the connection with nothing done, "after" does the work and then closes it, so the
    bot cannot know. ``delay_ms`` comes first in either case. ``status`` without ``drop`` is an answer of the API.
    """

    model_config = ConfigDict(extra="forbid")

    method: str | None = None
    person: int | None = None
    status: int | None = Field(None, ge=400, le=599)
    description: str = "Internal Server Error"
    retry_after: int | None = Field(None, ge=1)
    times: int = Field(1, ge=1)
    delay_ms: int = Field(0, ge=0, le=60_000)
    drop: Literal["before", "after"] | None = None

    @classmethod
    def parse(cls, row: dict[str, Any]) -> Self:
        """Raises ValueError (pydantic's is one) on unknown or wrong fields, or when nothing at all would happen."""
        fault = cls.model_validate(row)
        if fault.retry_after is not None and fault.status is None:
            fault.status, fault.description = 429, f"Too Many Requests: retry after {fault.retry_after}"
        if fault.status is None and fault.drop is None and not fault.delay_ms:
            raise ValueError("status")
        return fault

    def hits(self, method: str, person: int | None) -> bool:
        return (
            self.times > 0
            and (self.method is None or self.method.casefold() == method.casefold())
            and (self.person is None or self.person == person)
        )


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def count(self) -> int:
        return sum(fault.times for fault in self._faults)

    async def strike(self, method: str, person: int | None) -> Fault | None:
        """Uses up the first fault that fits, after its delay."""
        fault = next((fault for fault in self._faults if fault.hits(method, person)), None)
        if fault is None:
            return None
        fault.times -= 1
        self._faults = [one for one in self._faults if one.times > 0]
        await asyncio.sleep(fault.delay_ms / 1000)
        return fault
