"""A database with one college in it."""

from tests.kits.college import college, database

__all__ = ["college", "database"]
