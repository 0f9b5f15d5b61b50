"""The whole messenger from outside: people, faults, the journal, the clock."""

import asyncio
import time
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientResponse, ClientSession, ClientTimeout

from sandbox.client.errors import NothingCame, SandboxError
from sandbox.client.messages import Attached
from sandbox.client.person import Person


class Messenger:
    """The whole sandbox from outside. ``bot`` is a bot's id where several are connected."""

    def __init__(self, url: str, bot: int | None = None) -> None:
        self.url = url.rstrip("/")
        self.bot = bot
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession(timeout=ClientTimeout(total=120))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def call(self, verb: str, path: str, **options: Any) -> tuple[Any, dict[str, str]]:
        """One request; its JSON and headers. Raises SandboxError."""
        if self._session is None:
            raise RuntimeError("use it in 'async with'")
        async with self._session.request(verb, self.url + path, **options) as response:
            return await _decoded(response), dict(response.headers)

    async def people(self) -> list[Person]:
        rows, _ = await self.call("GET", "/people")
        return [Person(self, row["id"], row["name"], row["role"]) for row in rows]

    async def person(self, person_id: int) -> Person:
        return next(person for person in await self.people() if person.id == person_id)

    async def with_role(self, role: str) -> Person:
        return next(person for person in await self.people() if person.role == role)

    async def add_person(self, name: str, role: str = "", person_id: int | None = None) -> Person:
        row, _ = await self.call("POST", "/people", json={"name": name, "role": role, "id": person_id})
        return Person(self, row["id"], row["name"], row["role"])

    async def waits_for_bot(self, timeout: float = 30.0) -> dict[str, Any]:
        """Until a bot has called the API: its id, name and username."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            bots, _ = await self.call("GET", "/bots")
            found = [bot for bot in bots if self.bot in {None, bot["id"]}]
            if found:
                return dict(found[-1])
            await asyncio.sleep(0.05)
        raise NothingCame(f"no bot called the API within {timeout} s")

    async def fails(self, **fault: Any) -> None:
        """Orders trouble: method, person, status, description, retry_after, times, delay_ms, drop."""
        await self.call("POST", "/faults", json=fault)

    async def heals(self) -> None:
        await self.call("DELETE", "/faults")

    async def log(self, since: int = 0, method: str | None = None) -> list[dict[str, Any]]:
        """The requests the bot made, oldest first."""
        entries, _ = await self.call("GET", "/log", params={"since": since})
        return [entry for entry in entries if method in {None, entry["method"]}]

    async def advances(self, seconds: int) -> None:
        """Moves the messenger's clock, so that updates and presses grow old."""
        await self.call("POST", "/clock", json={"advance_s": seconds})

    async def limits(self, *, enabled: bool) -> None:
        await self.call("POST", "/limits", json={"enabled": enabled})

    async def resets(self) -> None:
        await self.call("POST", "/reset")

    async def download(self, file: Attached) -> bytes:
        if self._session is None:
            raise RuntimeError("use it in 'async with'")
        async with self._session.get(file.url) as response:
            response.raise_for_status()
            return await response.read()


async def _decoded(response: ClientResponse) -> Any:
    if response.content_type != "application/json":
        raise SandboxError("http", f"{response.method} {response.url.path}: {response.status}", response.status)
    body = await response.json()
    if response.status >= 400:
        raise SandboxError(body.get("error", "http"), body.get("message", ""), response.status)
    return body
