"""The whole product, on either database, at the speed of a test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.outbox.pacer import Pacer
from tests.wired.world import World, open_world

AT_ONCE = 1000.0
"""Messages a second in a chat: this messenger has no limits here, and a walk is some forty of them."""


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(database_url, tmp_path) as opened:
        pacer = await opened.product.container.get(Pacer)
        pacer.chat_per_s = AT_ONCE
        yield opened
