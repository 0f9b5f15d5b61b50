"""What a person cannot do, as a code and an HTTP status; the words are in the catalogue."""

from typing import Any


class Refused(Exception):  # noqa: N818 - an answer to a person, not a fault of the program
    """``values`` fill the text ``refused.<code>`` of the catalogue."""

    def __init__(self, code: str, status: int = 400, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.values = values
