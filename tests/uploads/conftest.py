"""The whole product with its upload page, and a technician who has a link to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

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
