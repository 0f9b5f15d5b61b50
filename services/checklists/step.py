"""A checklist as data: its steps, and the questions of its self-checks."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a step asks of a person; each kind has its own screen."""

    SIGN_IN = "sign_in"
    DOWNLOAD = "download"
    READ = "read"
    SELF_CHECK = "self_check"
    PRINT_CHECK = "print_check"
    FILL = "fill"
    PARTICIPANTS = "participants"
    INSTALL = "install"
    SCAN = "scan"
    FINISH = "finish"
    NOTICE = "notice"


MARKED_BY_HAND = frozenset(
    {Kind.SIGN_IN, Kind.DOWNLOAD, Kind.READ, Kind.SELF_CHECK, Kind.PRINT_CHECK, Kind.FILL, Kind.INSTALL}
)
"""A person's word is all there is to know. The other steps are done when the data says so."""


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One question of a self-check. A "no" to an item that is not `required` is the Order's advice, not its minimum."""

    id: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `clause` is its place in the Order; texts are found by `id`: `step.<id>.title`, `.body`, `.why`."""

    id: str
    clause: str
    kind: Kind
    items: tuple[CheckItem, ...] = ()

    @property
    def by_hand(self) -> bool:
        return self.kind in MARKED_BY_HAND


Checklist = tuple[Step, ...]
