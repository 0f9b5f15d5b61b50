"""A college whose questions are decided by hand, without a messenger."""

from tests.kits.college import college, database

__all__ = ["college", "database"]
