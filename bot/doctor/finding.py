"""What the doctor says of one part. Codes only: the words are in the catalogue, under `doctor.<check>.<code>`."""

from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """`skipped`: it could not be looked at, because something else is wrong. `fail` alone ends with exit code 1."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `values` fill the words' places and hold no secret."""

    check: str
    status: Status
    code: str = "ok"
    values: dict[str, str | int] = field(default_factory=dict)


def ok(check: str, **values: str | int) -> Finding:
    return Finding(check, Status.OK, "ok", values)


def warn(check: str, code: str, **values: str | int) -> Finding:
    return Finding(check, Status.WARN, code, values)


def fail(check: str, code: str, **values: str | int) -> Finding:
    return Finding(check, Status.FAIL, code, values)


def skipped(check: str, code: str = "skipped", **values: str | int) -> Finding:
    return Finding(check, Status.SKIPPED, code, values)
