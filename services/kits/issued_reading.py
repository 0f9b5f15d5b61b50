"""What reading a file of kits has shown, as the material keeps it and as it is told."""

from dataclasses import dataclass
from typing import Any

from services.kits.issued import Unfit


@dataclass(frozen=True, slots=True)
class Reading:
    """`numbers` of this file in their order; `issued` kits in all files of the college; `participants` is N.

    `not_issued` are kits that the college has scanned and that stand in none of its files; `elsewhere` are kits of this
    file that another college has scanned.
    """

    numbers: tuple[str, ...]
    issued: int
    participants: int | None
    not_issued: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


def kept(reading: Reading | Unfit) -> dict[str, Any]:
    """The `reading` of a material."""
    if isinstance(reading, Unfit):
        return {"fault": reading.fault.value}
    return {"kits": len(reading.numbers), "first": reading.numbers[0], "last": reading.numbers[-1]}
