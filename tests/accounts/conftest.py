"""A database with one college in it, and the whole product."""

from tests.kits.college import college, database
from tests.technician.conftest import world

__all__ = ["college", "database", "world"]
