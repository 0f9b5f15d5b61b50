"""The one error of reading a file."""

from typing import Any

from recognition.codes import FileError


class FileRefusedError(Exception):
    """The file cannot be read; `detail` holds the figures a text may need, such as the limit that was passed."""

    def __init__(self, code: FileError, **detail: Any) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail = detail
