"""Times a peer in its own process: CPU of a whole PDF at steady state, what it starts included, its imports not."""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path


def serve(read: Callable[[Path], int], pdf: Path) -> None:
    """Warms up, then measures one pass for each line on standard input; one line of JSON each on standard output."""
    read(pdf)
    for _ in sys.stdin:
        start = _spent_ms()
        pages = read(pdf)
        sys.stdout.write(json.dumps({"read": pages, "cpu_ms": _spent_ms() - start}) + "\n")
        sys.stdout.flush()


def _spent_ms() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return 1000 * sum(one.ru_utime + one.ru_stime for one in used)
