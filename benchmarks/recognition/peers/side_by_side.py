"""Readers beside each other on one PDF: rounds in random order, medians, and why a peer could not run."""

import json
import os
import random
import statistics
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.recognition.peers.install import python_of_peers

HERE = Path(__file__).parent
NAMES = {
    "plom_reader": "Plom's scan reader",
    "paperless_step": "paperless-ngx's barcode step",
    "pyzbar_step": "pyzbar at 300 dpi",
    "amc_detect": "AMC-detect (marks only)",
}


@dataclass(slots=True)
class Contender:
    """CPU ms that one spent on the whole PDF in each round; `read`: pages of which it read something."""

    name: str
    cpu_ms: list[float] = field(default_factory=list)
    read: int | None = None
    missing: str = ""

    @property
    def median_ms(self) -> float:
        """Of the rounds."""
        return statistics.median(self.cpu_ms)


def side_by_side(pdf: Path, own: Mapping[str, Callable[[], float]], rounds: int) -> list[Contender]:
    """Our own measurements (each gives the CPU ms of a pass) and the peers', in an order drawn anew for each round."""
    contenders = {name: Contender(name) for name in (*own, *NAMES.values())}
    with ExitStack() as stack:
        passes: dict[str, Callable[[], float | None]] = dict(own)
        for script, name in NAMES.items():
            process = stack.enter_context(_process(script, pdf))
            passes[name] = _rounds(process, contenders[name])
        ready = [name for name, one in passes.items() if one() is not None]  # also the warming up
        for _ in range(rounds):
            for name in random.sample(ready, len(ready)):
                spent = passes[name]()
                contenders[name].cpu_ms += [spent] if spent is not None else []
    return list(contenders.values())


@contextmanager
def _process(script: str, pdf: Path) -> Iterator[subprocess.Popen[str]]:
    command = [python_of_peers(), HERE / f"{script}.py", pdf]
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, env=one_thread, **pipes) as process:
        yield process


def _rounds(process: subprocess.Popen[str], peer: Contender) -> Callable[[], float | None]:
    """A pass of the peer; None where it is not there, and `missing` is then its own last word."""

    def again() -> float | None:
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise AssertionError
        try:
            process.stdin.write("again\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            peer.missing = process.stderr.read().strip().rsplit("\n", 1)[-1]
            return None
        said = json.loads(answer)
        peer.read = said["read"]
        return float(said["cpu_ms"])

    return again
