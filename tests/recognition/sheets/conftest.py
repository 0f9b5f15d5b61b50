"""One pool and one stack of paper for the whole folder: neither is changed by a test."""

from collections.abc import AsyncIterator

import pytest

from recognition.pool import Pool
from tests.recognition.sheets.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Stack:
    return Stack(tmp_path_factory.mktemp("sheets"))


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    pool = Pool(1)
    yield pool
    await pool.close()
