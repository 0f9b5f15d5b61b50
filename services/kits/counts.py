"""How far a college's kits have come."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartialKit:
    """A kit of which pages are missing."""

    number: str
    missing: tuple[int, ...]
    needs_any_task: bool = False
    """True where any one task page would do (`answer_sheet+1`)."""


@dataclass(frozen=True, slots=True)
class KitCounts:
    """The ledger in figures. `declared` is N, or None while nobody has said it."""

    declared: int | None
    complete: int
    complete_numbers: tuple[str, ...] = ()
    partial: tuple[PartialKit, ...] = ()
    surplus: tuple[str, ...] = ()

    @property
    def all_there(self) -> bool:
        """True at N of N."""
        return self.declared is not None and self.complete == self.declared
