"""How far a college's kits have come."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartialKit:
    """A kit of which pages are missing."""

    number: str
    missing: tuple[int, ...]
    needs_any_task: bool = False
    """True where any one task page would do (`answer_sheet+1`)."""

    @property
    def lacks_nothing(self) -> bool:
        """True for a kit that only waits for N to be declared."""
        return not self.missing and not self.needs_any_task


@dataclass(frozen=True, slots=True)
class KitCounts:
    """The ledger in figures. `declared` is N, or None while nobody has said it.

    `conflict` are kits of which two different sheets carry one number, `aside` those that a person has set aside.
    `unseen` are numbers of the college's print file of which no page was seen; empty where no such file is known.
    """

    declared: int | None
    complete: int
    complete_numbers: tuple[str, ...] = ()
    partial: tuple[PartialKit, ...] = ()
    surplus: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()

    @property
    def whole(self) -> int:
        """Kits that lack nothing, whether or not N is declared."""
        return self.complete + sum(kit.lacks_nothing for kit in self.partial)

    @property
    def lacking(self) -> tuple[PartialKit, ...]:
        """Kits of which pages are missing."""
        return tuple(kit for kit in self.partial if not kit.lacks_nothing)

    @property
    def all_there(self) -> bool:
        """True at N of N with nothing in dispute: to finish over two sheets of one number loses a result."""
        return self.declared is not None and self.complete == self.declared and not self.conflict
