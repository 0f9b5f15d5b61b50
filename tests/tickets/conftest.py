"""A database with one college in it, the people of support, and the whole product."""

import pytest

from tests.kits.college import College, college, database
from tests.technician.conftest import world
from tests.tickets.desk import Desk

__all__ = ["college", "database", "desk", "world"]


@pytest.fixture
def desk(college: College) -> Desk:
    return Desk(college)
