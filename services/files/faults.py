"""What can be wrong with the place for files in a way that a person can mend. Light to import."""


class StoreError(OSError):
    """An object store did not do as asked: it is away, or refuses, or has no such bucket."""
