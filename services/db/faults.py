"""What can be wrong with a database in a way that the person who starts the product can mend. Light to import."""


class DatabaseFault(Exception):  # noqa: N818 (told to a person in one sentence)
    """The database cannot be used. `why`: away, refused (its address, name, password or file), newer
    than the code, or torn (a reference without its row).
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class SlotTakenError(Exception):
    """Another process works on this database and shares it with nobody, or has taken this process's name."""
