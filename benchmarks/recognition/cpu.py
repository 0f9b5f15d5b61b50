"""Milliseconds of CPU a page. Needs nothing but the standard library: peers run it with their own Python."""

import resource
import statistics
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of CPU a page."""

    median: float
    mean: float


def spent_ms() -> float:
    """CPU of this process and of its ended children, user and system."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return 1000 * sum(one.ru_utime + one.ru_stime for one in used)


def cost(work: Callable[[int], object], pages: int, rounds: int = 3) -> Cost:
    """CPU of `work(page)` over all pages, one round left out as warming up."""
    spent: list[float] = []
    for turn in range(rounds + 1):
        for page in range(pages):
            start = spent_ms()
            work(page)
            if turn:
                spent.append(spent_ms() - start)
    return Cost(statistics.median(spent), statistics.fmean(spent))
