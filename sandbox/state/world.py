"""All state of one running messenger, and the few moves that touch several parts of it."""

from collections.abc import Iterable
from typing import Any

from aiohttp import web

from sandbox.nursery import Nursery
from sandbox.state.bots import Bot, Bots
from sandbox.state.callbacks import Presses
from sandbox.state.chats import Chat, Chats, Message
from sandbox.state.clock import Clock
from sandbox.state.faults import Faults
from sandbox.state.files import Files
from sandbox.state.hub import Hub
from sandbox.state.journal import Journal
from sandbox.state.limits import Limits
from sandbox.state.people import People, Person


class World:
    def __init__(self, people: Iterable[Person] = (), *, limits: bool = True, hands_over_paths: bool = False) -> None:
        self.clock = Clock()
        self.people = People(people)
        self.bots = Bots(self.clock)
        self.chats = Chats()
        self.files = Files()
        self.hub = Hub()
        self.faults = Faults()
        self.journal = Journal()
        self.limits = Limits(self.clock, enabled=limits)
        self.presses = Presses(self.clock)
        self.nursery = Nursery()
        self.hands_over_paths = hands_over_paths

    def timestamp(self) -> int:
        return int(self.clock.now())

    def put(self, bot: Bot, chat: Chat, message: Message) -> Message:
        """A new message appears in the chat."""
        message.change = self.hub.next_change()
        chat.messages[message.id] = message
        self.hub.publish("message", {"message_id": message.id}, person=chat.person_id, bot=bot.id)
        return message

    def changed(self, bot: Bot, chat: Chat, message: Message, kind: str = "edited") -> None:
        """A message of the chat looks different now."""
        message.change = self.hub.next_change()
        self.hub.publish(kind, {"message_id": message.id}, person=chat.person_id, bot=bot.id)

    def tell_bot(self, bot: Bot, kind: str, chat: int, payload: dict[str, Any]) -> int | None:
        return bot.updates.add(kind, chat, payload)

    def reset(self) -> None:
        """Empty chats and queues; people, webhooks and the bots' names stay."""
        self.chats.clear()
        self.presses.clear()
        self.faults.clear()
        self.journal.clear()
        self.limits.clear()
        for bot in self.bots.all():
            bot.updates.clear()
        self.hub.publish("reset", {})

    async def close(self) -> None:
        self.hub.close()
        for bot in self.bots.all():
            bot.end_poll("terminated by the server's shutdown")
        await self.nursery.close()
        self.files.close()


WORLD: web.AppKey[World] = web.AppKey("world", World)
