"""The whole product with its upload page, and a technician who has a link to it."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.browser import browser, chromium, page
from tests.uploads.browsing import Visitor, visitor_of
from tests.wired.world import World, open_world

__all__ = ["browser", "chromium", "page", "visitor", "world"]


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    """A technician at the page."""
    async with visitor_of(world, await world.technician()) as one:
        yield one


@pytest.fixture
async def small_world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """For what is the same on either database."""
    async with open_world(sqlite_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def guest(small_world: World) -> AsyncIterator[Visitor]:
    """A technician at the page of the small world."""
    async with visitor_of(small_world, await small_world.technician()) as one:
        yield one


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_world(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """One for all tests of a module: each has a technician of its own, and looks at that person's rows only."""
    folder = tmp_path_factory.mktemp("shared")
    path = shutil.copy(migrated_file, folder / "aprobot.db")
    async with open_world(f"sqlite+aiosqlite:///{path}", folder) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def newcomer(shared_world: World) -> AsyncIterator[Visitor]:
    """A technician at the page of the shared world."""
    async with visitor_of(shared_world, await shared_world.technician()) as one:
        yield one
