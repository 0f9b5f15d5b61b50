"""Presses of inline buttons that wait for the bot's answer."""

import asyncio
import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.state.clock import Clock
from sandbox.state.updates import CALLBACK_LIFE_S


@dataclass
class Press:
    id: str
    bot_id: int
    person_id: int
    pressed_at: float
    answer: asyncio.Future[dict[str, Any]]


class Presses:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, Press] = {}

    def add(self, bot_id: int, person_id: int) -> Press:
        number = str(secrets.randbits(62))
        answer = asyncio.get_running_loop().create_future()
        press = self._by_id[number] = Press(number, bot_id, person_id, self._clock.now(), answer)
        return press

    def answer(self, bot_id: int, press_id: str, answer: dict[str, Any]) -> Press | None:
        """The press, of which the first answer counts; None when it is unknown, another bot's or too old."""
        press = self._by_id.get(press_id)
        if press is None or press.bot_id != bot_id:
            return None
        if self._clock.now() - press.pressed_at > CALLBACK_LIFE_S:
            return None
        if not press.answer.done():
            press.answer.set_result(answer)
        return press

    def clear(self) -> None:
        for press in self._by_id.values():
            press.answer.cancel()
        self._by_id.clear()
