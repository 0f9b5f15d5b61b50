"""Why an upload does not go on, other than by a plain refusal."""


class NoSuchUploadError(Exception):
    """There is none with this key, it is another person's, or it was given up."""


class WrongPlaceError(Exception):
    """Bytes were sent for another place than where the upload stands: it stands at `received`."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


class TooMuchError(Exception):
    """More bytes than the upload was announced with."""


class TryLaterError(Exception):
    """A limit on what is under way at once: `key` names the text, `wait_s` when to ask again."""

    def __init__(self, key: str, wait_s: int) -> None:
        super().__init__(key)
        self.key = key
        self.wait_s = wait_s
