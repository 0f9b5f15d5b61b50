"""What only this process can measure: how long things take. All that is counted stands in the database."""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Histogram

HANDLING = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
CHECKING = (0.25, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600)


class Figures:
    """The histograms of one running product, in seconds."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.handling = self.histogram("aprobot_update_handling_seconds", "From taking an update to its end", HANDLING)
        self.sending = self.histogram(
            "aprobot_message_sending_seconds", "From the queue to the answer, pace included", HANDLING
        )
        self.checking = self.histogram(
            "aprobot_recognition_seconds", "One file, its wait for a free child included", CHECKING
        )

    def histogram(self, name: str, documentation: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(name, documentation, buckets=buckets, registry=self.registry)


@contextmanager
def timed(histogram: Histogram) -> Iterator[None]:
    """Measures what the block takes, also where it raises."""
    began = time.perf_counter()
    try:
        yield
    finally:
        histogram.observe(time.perf_counter() - began)


def measured(histogram: Histogram, run: Callable[[int], Awaitable[None]]) -> Callable[[int], Awaitable[None]]:
    """The same work on a row, measured."""

    async def with_clock(row_id: int) -> None:
        with timed(histogram):
            await run(row_id)

    return with_clock
