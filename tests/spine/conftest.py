"""An outbox with its messenger, for tests of sending."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.spine.parts import Post, open_post


@pytest.fixture
async def post(database_url: str, tmp_path: Path) -> AsyncIterator[Post]:
    async with open_post(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def sqlite_post(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Post]:
    """For what has nothing to do with the kind of the database."""
    async with open_post(sqlite_url, tmp_path) as opened:
        yield opened
