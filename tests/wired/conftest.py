"""The whole product, on either database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.wired.world import World, open_world


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(database_url, tmp_path) as opened:
        yield opened
