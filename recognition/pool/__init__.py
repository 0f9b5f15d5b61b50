"""The guarded way to check a file."""

from recognition.pool.pool import Pool

__all__ = ["Pool"]
