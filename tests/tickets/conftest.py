"""A database with one college in it, and the people of support."""

import pytest

from tests.kits.college import College, college, database
from tests.tickets.desk import Desk

__all__ = ["college", "database", "desk"]


@pytest.fixture
def desk(college: College) -> Desk:
    return Desk(college)
