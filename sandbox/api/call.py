"""One request to the API on its way through a method."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.api.errors import bad_request, forbidden, too_many_requests
from sandbox.api.request import Upload
from sandbox.state.bots import Bot
from sandbox.state.chats import Chat, Message
from sandbox.state.people import Person
from sandbox.state.world import World


@dataclass(frozen=True)
class Described:
    """A result with the ``description`` that some methods add to success."""

    result: Any
    description: str


@dataclass(frozen=True)
class Call:
    world: World
    bot: Bot
    values: dict[str, Any]
    uploads: Mapping[str, Upload]

    def person(self, name: str = "chat_id") -> Person:
        """Whom the request names. Raises ApiError 400 for anybody the bot has no chat with."""
        try:
            person = self.world.people.get(int(self.values[name]))
        except (TypeError, ValueError):
            person = None
        if person is None or not self.world.chats.of(self.bot.id, person.id).started:
            raise bad_request("chat not found")
        return person

    def chat(self, person: Person) -> Chat:
        return self.world.chats.of(self.bot.id, person.id)

    def recipient(self) -> tuple[Person, Chat]:
        """Whom to write to. Raises ApiError 400 as ``person``, 403 when the person blocked the bot."""
        person = self.person()
        chat = self.chat(person)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return person, chat

    def pay(self, chat: Chat | None, cost: int = 1) -> None:
        """Takes the messages' worth from the rates. Raises ApiError 429."""
        wait = self.world.limits.take(self.bot.id, chat.person_id if chat else None, cost)
        if wait:
            raise too_many_requests(wait)

    def replied(self, chat: Chat) -> int | None:
        """The message to answer, if one is asked for. Raises ApiError 400 when it is gone."""
        asked = self.values.get("reply_parameters") or {}
        wanted = asked.get("message_id") or self.values.get("reply_to_message_id")
        if not wanted:
            return None
        if chat.alive(int(wanted)):
            return int(wanted)
        if asked.get("allow_sending_without_reply") or self.values.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")

    def draft(self, chat: Chat) -> Message:
        """An empty outgoing message under the chat's next id."""
        return Message(self.bot.next_message_id(), self.world.timestamp(), from_bot=True, reply_to=self.replied(chat))


Method = Callable[[Call], Awaitable[Any]]
