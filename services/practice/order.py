"""What is ordered from the practice press, and what of an order is refused."""

import random
import re
import secrets
from dataclasses import dataclass
from typing import Any

MOST_KITS = 1000
MOST_PAGES = 20
DEFAULT_EVENT = "PRACTICE"

_EVENT = re.compile(r"[0-9A-Z]{2,12}", re.ASCII)
_FIRST_KIT, _LAST_KIT = 1_000_000, 9_999_999


class OrderRefusedError(ValueError):
    """An order that cannot be printed; `key` and `values` name the text that says why."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class KitOrder:
    """So many kits of so many pages. The same seed prints the same kit numbers; without one they are drawn anew."""

    kits: int
    pages: int
    event: str = DEFAULT_EVENT
    seed: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.kits <= MOST_KITS:
            raise OrderRefusedError("kits.refused.kits", most=MOST_KITS)
        if not 1 <= self.pages <= MOST_PAGES:
            raise OrderRefusedError("kits.refused.pages", most=MOST_PAGES)
        if not _EVENT.fullmatch(self.event):
            raise OrderRefusedError("kits.refused.event")

    def numbers(self) -> list[str]:
        """Kit numbers, each once: two participants must never hold the same kit.

        The event takes part in the draw, so that one seed does not print the same numbers for two events.
        """
        draw = secrets.SystemRandom() if self.seed is None else random.Random(f"{self.event}:{self.seed}")  # noqa: S311 - a seeded draw is asked for; the numbers guard no secret
        return [str(number) for number in draw.sample(range(_FIRST_KIT, _LAST_KIT + 1), self.kits)]
