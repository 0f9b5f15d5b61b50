"""Why the person's side did not do what was asked."""


class SandboxError(Exception):
    """The messenger refused; ``code`` is one of its refusals, such as ``no_button`` or ``blocked``."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.status = status


class NothingCame(AssertionError):  # noqa: N818 - reads as a sentence where a test fails
    """What was waited for did not come; the text shows what the chat looks like instead."""
