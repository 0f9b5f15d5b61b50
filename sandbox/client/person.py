"""One person who acts in a chat and waits for what comes."""

import asyncio
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from aiohttp import FormData

from sandbox.client.errors import NothingCame
from sandbox.client.messages import Message, Pressed, Wanted, has_button, matches

if TYPE_CHECKING:
    from sandbox.client.messenger import Messenger

LONG_POLL_S = 20
USUAL_TIMEOUT_S = 10.0
Content = Path | str | tuple[str, bytes]


class Person:
    """Acts in one chat. Waiting looks at what changed since this person's last own action."""

    def __init__(self, messenger: "Messenger", person_id: int, name: str, role: str) -> None:
        self.messenger = messenger
        self.id = person_id
        self.name = name
        self.role = role
        self._mark = 0

    async def says(self, text: str, *, reply_to: int | None = None) -> Message:
        return (await self._act("text", {"text": text, "reply_to": reply_to}))[-1]

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

    async def comes_in(self, token: str, timeout: float = USUAL_TIMEOUT_S) -> Message:
        """Follows an invite link and agrees to what is kept: the first card. Raises NothingCame."""
        await self.says(f"/start {token}")
        asked = await self.waits_for(lambda message: message.button_of("agree") is not None, timeout)
        yes = asked.button_of("agree")
        await self.presses_data(asked.id, yes.data if yes and yes.data else "", wait=int(timeout))
        return await self.waits_for(lambda message: bool(message.labels()), timeout)

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
        return sum(matches(message, wanted) for message in await self.messages())

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
            found = [m for m in await self.messages() if has_button(m, text, exact=exact)]
            if found:
                return found[-1]
        found_later = await self._first_match(lambda message: has_button(message, text, exact=False), 0, timeout)
        if found_later is None:
            raise NothingCame(await self._complaint(f"[{text}]", timeout))
        return found_later

    async def _first_match(self, wanted: Wanted, after: int, timeout: float) -> Message | None:
        deadline = time.monotonic() + timeout
        seen = after
        while True:
            fresh = await self.messages(after=after)
            found = next((message for message in reversed(fresh) if matches(message, wanted)), None)
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
        return [Pressed.parse(answer) for answer in answers]

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


def _named(content: Content, opened: ExitStack) -> tuple[str, Any]:
    if isinstance(content, tuple):
        return content
    path = Path(content)
    return path.name, opened.enter_context(path.open("rb"))
