"""An async client of the person's side: what tests and plays use to act as people.

async with Messenger(url) as messenger:
    petr = await messenger.person(700000001)
    await petr.says("/start token")
    await petr.presses("Начать с шага 1")
    await petr.sends([Path("scan.pdf")])
    verdict = await petr.waits_for("Проверено")
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from aiohttp import ClientResponse, ClientSession, ClientTimeout, FormData

LONG_POLL_S = 20
USUAL_TIMEOUT_S = 10.0
Content = Path | str | tuple[str, bytes]
Wanted = str | Callable[["Message"], bool]


class SandboxError(Exception):
    """The messenger refused; ``code`` is one of its refusals, such as ``no_button`` or ``blocked``."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.status = status


class NothingCame(AssertionError):  # noqa: N818 - reads as a sentence where a test fails
    """What was waited for did not come; the text shows what the chat looks like instead."""


@dataclass(frozen=True)
class Attached:
    """A file of a message; ``url`` is absolute."""

    name: str
    size: int
    mime: str
    url: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Button:
    text: str
    data: str | None = None
    url: str | None = None
    style: str | None = None


@dataclass(frozen=True)
class Message:
    """One message as a person sees it. ``change`` orders what happened in the whole messenger."""

    id: int
    from_bot: bool
    text: str
    caption: str
    html: str
    buttons: list[list[Button]]
    date: int
    edit_date: int | None
    change: int
    deleted: bool
    media_group_id: str | None
    photo: Attached | None
    document: Attached | None
    raw: dict[str, Any] = field(repr=False)

    @property
    def words(self) -> str:
        """The text, or the caption of a picture or file."""
        return self.text or self.caption

    def labels(self) -> list[str]:
        return [button.text for row in self.buttons for button in row]

    @classmethod
    def parse(cls, row: dict[str, Any], base: str) -> Self:
        return cls(
            id=row["message_id"],
            from_bot=row["from"] == "bot",
            text=row["text"],
            caption=row["caption"],
            html=row["html"],
            buttons=[[_button(button) for button in line] for line in row["buttons"]],
            date=row["date"],
            edit_date=row["edit_date"],
            change=row["change"],
            deleted=row["deleted"],
            media_group_id=row["media_group_id"],
            photo=_attached(row.get("photo"), base),
            document=_attached(row.get("document"), base),
            raw=row,
        )


@dataclass(frozen=True)
class Pressed:
    """The fate of a press. ``text`` is the toast, empty when the bot answered silently or not at all."""

    answered: bool
    text: str
    show_alert: bool
    url: str | None


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

    async def people(self) -> list["Person"]:
        rows, _ = await self.call("GET", "/people")
        return [Person(self, row["id"], row["name"], row["role"]) for row in rows]

    async def person(self, person_id: int) -> "Person":
        return next(person for person in await self.people() if person.id == person_id)

    async def with_role(self, role: str) -> "Person":
        return next(person for person in await self.people() if person.role == role)

    async def add_person(self, name: str, role: str = "", person_id: int | None = None) -> "Person":
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


class Person:
    """Acts in one chat. Waiting looks at what changed since this person's last own action."""

    def __init__(self, messenger: Messenger, person_id: int, name: str, role: str) -> None:
        self.messenger = messenger
        self.id = person_id
        self.name = name
        self.role = role
        self._mark = 0

    async def says(self, text: str) -> Message:
        return (await self._act("text", {"text": text}))[-1]

    async def edits(self, message_id: int, text: str) -> Message:
        return (await self._act("edit", {"message_id": message_id, "text": text}))[-1]

    async def presses(
        self, text: str, times: int = 1, *, message_id: int | None = None, timeout: float = USUAL_TIMEOUT_S
    ) -> Pressed:
        """Presses the newest button of that label (or holding it), waiting for it to appear; ``times`` at once.

        With ``message_id`` it may be a button that the message no longer has. Returns the fate of the last press.
        """
        if message_id is None:
            message_id = (await self._with_button(text, timeout)).id
        body = {"message_id": message_id, "text": text, "wait": int(timeout)}
        return (await self._press_all(body, times))[-1]

    async def presses_data(self, message_id: int, data: str, times: int = 1, *, wait: int = 10) -> Pressed:
        """Presses with raw callback data, as an old or hostile client could."""
        return (await self._press_all({"message_id": message_id, "data": data, "wait": wait}, times))[-1]

    async def opens(self, url: str) -> None:
        """Follows a link; a start link of the bot is sent as ``/start``."""
        await self._post("open", {"url": url})

    async def sends(
        self,
        files: Content | Iterable[Content],
        as_: Literal["document", "photo"] = "document",
        *,
        album: bool = False,
        caption: str = "",
        gap_ms: int = 0,
    ) -> list[Message]:
        """Sends files in their order; a file is a path or ``(name, bytes)``."""
        listed = [files] if isinstance(files, Path | str | tuple) else list(files)
        with ExitStack() as opened:
            form = FormData(quote_fields=False)
            for name, value in {"as": as_, "album": str(int(album)), "caption": caption, "gap_ms": str(gap_ms)}.items():
                form.add_field(name, value)
            if self.messenger.bot:
                form.add_field("bot", str(self.messenger.bot))
            for content in listed:
                name, source = _named(content, opened)
                form.add_field("file", source, filename=name)
            answer, _ = await self.messenger.call("POST", f"/people/{self.id}/files", data=form)
        return self._done(answer)

    async def sends_declared(self, name: str, size: int) -> Message:
        """A file of that many bytes, without sending them."""
        return (await self._act("files", {"name": name, "size": size}))[-1]

    async def messages(self, after: int = 0, wait: int = 0) -> list[Message]:
        """All messages of the chat, deleted ones too; or what changed after the change ``after``."""
        rows, _ = await self.messenger.call(
            "GET", f"/people/{self.id}/messages", params=self._bot() | {"after": after, "wait": wait}
        )
        return [Message.parse(row, self.messenger.url) for row in rows]

    async def last(self) -> Message | None:
        """The newest message of the bot that is still there."""
        return next((m for m in reversed(await self.messages()) if m.from_bot and not m.deleted), None)

    async def buttons(self) -> list[str]:
        """The labels of the newest message that has buttons."""
        return next((m.labels() for m in reversed(await self.messages()) if m.labels()), [])

    async def waits_for(
        self, wanted: Wanted, timeout: float = USUAL_TIMEOUT_S, *, since: Literal["action", "start"] = "action"
    ) -> Message:
        """The newest message of the bot that holds the text (or satisfies the predicate).

        Only what appeared or was edited since this person's last own action counts; ``since="start"`` counts all.
        Raises NothingCame.
        """
        found = await self._first_match(wanted, self._mark if since == "action" else 0, timeout)
        if found:
            return found
        raise NothingCame(await self._complaint(wanted, timeout))

    async def receives(self, wanted: Wanted, timeout: float = 0.0) -> int:
        """How many messages of the bot in the whole chat match, after waiting ``timeout`` for a first one."""
        await self._first_match(wanted, 0, timeout)
        return sum(_matches(message, wanted) for message in await self.messages())

    async def quiet(self, seconds: float) -> bool:
        """True when nothing changed in the chat for that long."""
        before = max((message.change for message in await self.messages()), default=0)
        await asyncio.sleep(seconds)
        return not await self.messages(after=before)

    async def blocks(self) -> None:
        await self._post("block", {})

    async def unblocks(self) -> None:
        await self._post("unblock", {})

    async def _with_button(self, text: str, timeout: float) -> Message:
        for exact in (True, False):
            found = [m for m in await self.messages() if _has_button(m, text, exact=exact)]
            if found:
                return found[-1]
        found_later = await self._first_match(lambda message: _has_button(message, text, exact=False), 0, timeout)
        if found_later is None:
            raise NothingCame(await self._complaint(f"[{text}]", timeout))
        return found_later

    async def _first_match(self, wanted: Wanted, after: int, timeout: float) -> Message | None:
        deadline = time.monotonic() + timeout
        seen = after
        while True:
            fresh = await self.messages(after=after)
            found = next((message for message in reversed(fresh) if _matches(message, wanted)), None)
            left = deadline - time.monotonic()
            if found or left <= 0:
                return found
            seen = max([seen, *(message.change for message in fresh)])
            await self._something_after(seen, left)

    async def _something_after(self, change: int, seconds: float) -> None:
        if seconds < 1:
            await asyncio.sleep(min(seconds, 0.05))
        else:
            await self.messages(after=change, wait=min(LONG_POLL_S, int(seconds)))

    async def _complaint(self, wanted: Wanted, timeout: float) -> str:
        lines = [f"{self.name}: nothing like {wanted!r} within {timeout} s. The chat:"]
        for message in (await self.messages())[-8:]:
            who = "bot" if message.from_bot else "   "
            lines.append(f"  {message.id:>4} {who} {message.words!r} {message.labels() or ''}")
        return "\n".join(lines)

    async def _press_all(self, body: dict[str, Any], times: int) -> list[Pressed]:
        answers = await asyncio.gather(*(self._post("press", body) for _ in range(times)))
        return [_pressed(answer) for answer in answers]

    async def _act(self, action: str, body: dict[str, Any]) -> list[Message]:
        return self._done(await self._post(action, body))

    async def _post(self, action: str, body: dict[str, Any]) -> dict[str, Any]:
        answer, _ = await self.messenger.call("POST", f"/people/{self.id}/{action}", json=body | self._bot())
        self._mark = max(self._mark, answer.get("change", 0))
        return dict(answer)

    def _done(self, answer: dict[str, Any]) -> list[Message]:
        self._mark = max(self._mark, answer["change"])
        return [Message.parse(row, self.messenger.url) for row in answer["messages"]]

    def _bot(self) -> dict[str, Any]:
        return {"bot": self.messenger.bot} if self.messenger.bot else {}


async def _decoded(response: ClientResponse) -> Any:
    if response.content_type != "application/json":
        raise SandboxError("http", f"{response.method} {response.url.path}: {response.status}", response.status)
    body = await response.json()
    if response.status >= 400:
        raise SandboxError(body.get("error", "http"), body.get("message", ""), response.status)
    return body


def _button(row: dict[str, Any]) -> Button:
    return Button(row["text"], row.get("data"), row.get("url"), row.get("style"))


def _attached(row: dict[str, Any] | None, base: str) -> Attached | None:
    if row is None:
        return None
    return Attached(row["name"], row["size"], row["mime"], base + row["url"], row.get("width"), row.get("height"))


def _pressed(answer: dict[str, Any]) -> Pressed:
    said = answer.get("answer") or {}
    opened = "opened" in answer
    url = answer.get("url") or said.get("url")
    return Pressed(bool(answer.get("answered")) or opened, said.get("text") or "", bool(said.get("show_alert")), url)


def _has_button(message: Message, text: str, *, exact: bool) -> bool:
    if exact:
        return text in message.labels()
    return any(text.casefold() in label.casefold() for label in message.labels())


def _matches(message: Message, wanted: Wanted) -> bool:
    if message.deleted or not message.from_bot:
        return False
    if isinstance(wanted, str):
        return _plain(wanted) in _plain(message.words)
    return bool(wanted(message))


def _plain(text: str) -> str:
    """For comparing: no-break spaces are spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _named(content: Content, opened: ExitStack) -> tuple[str, Any]:
    if isinstance(content, tuple):
        return content
    path = Path(content)
    return path.name, opened.enter_context(path.open("rb"))
