"""The ledger laid out as cells of the picture."""

from services.kits.counts import KitCounts, PartialKit
from services.kits.grid import Cell, CellState
from services.kits.rules import by_number
from services.submissions.phrases import ranges
from services.texts import Texts


def cells_of(texts: Texts, counts: KitCounts) -> list[Cell]:
    """Counted and begun kits in the order of their numbers, empty cells up to N, then surplus kits and those aside.

    Where the print file is known, the kits not seen yet have their numbers.
    """
    begun = [Cell(CellState.COMPLETE, number) for number in counts.complete_numbers]
    begun += [partial_cell(texts, kit) for kit in counts.partial]
    begun += [Cell(CellState.CONFLICT, number, texts("ledger.picture.two_sheets")) for number in counts.conflict]
    begun += [Cell(CellState.EMPTY, number) for number in counts.unseen]
    begun.sort(key=lambda cell: by_number(cell.number))
    empty = [Cell(CellState.EMPTY)] * max(0, (counts.declared or 0) - len(begun))
    surplus = [Cell(CellState.SURPLUS, number) for number in counts.surplus]
    return [*begun, *empty, *surplus, *(Cell(CellState.ASIDE, number) for number in counts.aside)]


def partial_cell(texts: Texts, kit: PartialKit) -> Cell:
    if kit.lacks_nothing:
        return Cell(CellState.WAITING, kit.number)
    lacks = [ranges(kit.missing)] if kit.missing else []
    lacks += [texts("ledger.picture.any_task")] if kit.needs_any_task else []
    return Cell(CellState.PARTIAL, kit.number, texts("ledger.picture.missing", pages=", ".join(lacks)))


def legend_of(texts: Texts, cells: list[Cell]) -> list[tuple[CellState, str]]:
    """The states that the picture shows, in one order."""
    shown = {cell.state for cell in cells}
    return [(state, texts(f"ledger.picture.legend.{state}")) for state in CellState if state in shown]
