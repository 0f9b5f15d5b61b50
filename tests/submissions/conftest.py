"""A college with the jobs that serve it, and scans of its kits."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kits.college import College, college, database
from tests.submissions.jobs import Room, open_room, scans

__all__ = ["college", "database"]


@pytest.fixture
async def room(college: College, tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(college, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def two_kits() -> list[bytes]:
    """Scans of two kits of four pages."""
    return scans(2)
