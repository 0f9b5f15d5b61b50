"""Which sheet is it: double prints missed, rescans alarmed, and what stays undecided.

Run from the repository: `python -m benchmarks.sheets [--pairs 60] [--seed 1] [--defects]`. Every pair is two scans by
the simulator, each with its own resolution, mode, turn and pass; the pages are read from files by the pool, as in
service. Half are answer sheets, half task pages that both people have filled; apart from them come task pages that
only one has filled, and prints that nobody has. `--defects` adds each harm of the simulator against a clean scan.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from recognition.codes import PageProblem
from recognition.form import practice_form
from recognition.pool import Pool
from recognition.sheets import Comparison, Likeness, Spot
from recognition.simulator import DEFECTS, FileFormat, Mode, ScanSettings, encode
from recognition.simulator.pen import Hand
from recognition.simulator.plan import PlannedScan, identify
from recognition.simulator.printer import open_pdf
from recognition.simulator.scan import scan_page
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts

PAGES = 4
FORM = practice_form(PAGES)
RESOLUTIONS = (150, 200, 300, 400, 600)
ROTATIONS = (0, 90, 180, 270)
OTHER_HAND = 500_000
_NO_SHEET = (PageProblem.BLANK_PAGE, PageProblem.SAME_SHEET_AGAIN, PageProblem.DOUBLE_PRINT)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two scans to make of one page; `expected` is the answer that harms nobody, None where undecided alone will do."""

    kind: str
    source: int
    hands: tuple[int, int]
    expected: Likeness | None
    empty: bool = False
    defect: PageProblem | None = None


@dataclass(slots=True)
class Tally:
    """What came of the pairs of one kind."""

    answers: Counter[Likeness] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


class Bench:
    """A stack of kits, and scans of its pages."""

    def __init__(self, kits: int, seed: int) -> None:
        pdf = MakeKits(load_texts("ru"))(KitOrder(kits=kits, pages=PAGES, event="BENCH", seed=seed))
        self.document: Any = open_pdf(pdf)
        self.identities = identify(self.document, FORM)
        self.rng = random.Random(seed)

    def scan(self, pair: Pair, which: int, folder: Path) -> Spot:
        """One scan with settings of its own. The first of a pair is clean, the second has the defect."""
        mode = self.rng.choice(list(Mode))
        rotation = self.rng.choice(ROTATIONS)
        hand = pair.hands[which]
        settings = ScanSettings(
            dpi=self.rng.choice(RESOLUTIONS),
            mode=mode,
            seed=self.rng.randrange(10**6),
            form=FORM,
            hand=hand,
            empty=pair.empty,
        )
        defect = pair.defect if which else None
        planned = PlannedScan(which, pair.source, self.identities[pair.source], defect, rotation, hand)
        page = scan_page(self.document, planned, settings)
        file_format = FileFormat.PNG if page.bilevel else FileFormat.JPG
        path = folder / f"{pair.kind}-{pair.source}-{hand}-{which}-{settings.dpi}-{mode}-{rotation}.{file_format}"
        path.write_bytes(encode(page, file_format).data)
        return Spot(path, 0)

    def task_page(self, kit: int, hand: int) -> int:
        """The number of the task page that this hand fills."""
        identity = self.identities[kit * PAGES]
        if identity is None:
            raise ValueError(kit)
        writer = Hand.of(identity.kit, hand)
        return next(page for page in range(2, PAGES + 1) if writer.fills_page(page, PAGES))

    def hands(self, kit: int, *, alike: bool) -> tuple[int, int]:
        """Two people who fill the same task page of the kit, or not."""
        first, second = self.rng.randrange(OTHER_HAND), self.rng.randrange(OTHER_HAND, 2 * OTHER_HAND)
        while (self.task_page(kit, first) == self.task_page(kit, second)) is not alike:
            second += 1
        return first, second


def main_pairs(bench: Bench, count: int) -> Iterator[Pair]:
    """Rescans, double prints, those of which one is empty, and prints that nobody filled."""
    for number in range(count):
        anna, boris = bench.hands(number, alike=True)
        source = _source(bench, number, anna)
        yield Pair("rescan", source, (anna, anna), Likeness.SAME)
        yield Pair("double print", source, (anna, boris), Likeness.DIFFERENT)
    for number in range(count // 3):
        anna, boris = bench.hands(number, alike=False)
        source = number * PAGES + bench.task_page(number, anna) - 1
        yield Pair("double, one filled", source, (anna, boris), Likeness.DIFFERENT)
        source = number * PAGES + bench.rng.randrange(PAGES)
        yield Pair("blank, two prints", source, (1, 2), None, empty=True)
        yield Pair("blank, one print", source, (1, 1), None, empty=True)


def defect_pairs(bench: Bench, each: int) -> Iterator[Pair]:
    """Each harm against a clean scan of the same sheet, and of another one."""
    for defect in DEFECTS:
        if defect in _NO_SHEET:
            continue
        for number in range(each):
            anna, boris = bench.hands(number, alike=True)
            source = _source(bench, number, anna)
            yield Pair(f"{defect}, rescan", source, (anna, anna), Likeness.SAME, defect=defect)
            yield Pair(f"{defect}, double", source, (anna, boris), Likeness.DIFFERENT, defect=defect)


def _source(bench: Bench, number: int, hand: int) -> int:
    """The answer sheet of every other kit, of the rest the task page that this hand fills."""
    return number * PAGES + (bench.task_page(number, hand) - 1 if number % 2 else 0)


async def compared(bench: Bench, pairs: Iterator[Pair]) -> dict[str, Tally]:
    """All pairs through one pool, one by one; scans are made and thrown away on the way."""
    tallies: dict[str, Tally] = {}
    pool = Pool(1)
    await pool.start()
    try:
        for pair in pairs:
            with tempfile.TemporaryDirectory() as folder:
                spots = bench.scan(pair, 0, Path(folder)), bench.scan(pair, 1, Path(folder))
                start = time.perf_counter()
                (answer,) = await pool.compare([spots], FORM)
                spent = (time.perf_counter() - start) * 1000
            _count(tallies.setdefault(pair.kind, Tally()), pair, spots, answer, spent)
    finally:
        await pool.close()
    return tallies


def _count(tally: Tally, pair: Pair, spots: tuple[Spot, Spot], answer: Comparison, spent: float) -> None:
    tally.answers[answer.likeness] += 1
    tally.milliseconds.append(spent)
    if answer.likeness is not (pair.expected or Likeness.UNDECIDED):
        names = " × ".join(spot.path.name for spot in spots)
        tally.wrong.append(f"{pair.kind}: {answer.likeness}, {answer.score}: {names}")


def run(pairs: int, seed: int, *, defects: int = 0) -> dict[str, Tally]:
    """The whole benchmark: so many pairs of each kind, and so many of each defect."""
    bench = Bench(max(pairs, 1), seed)
    asked = [*main_pairs(bench, pairs), *defect_pairs(bench, defects)]
    return asyncio.run(compared(bench, iter(asked)))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pairs", type=int, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--defects", type=int, default=0, help="pairs for each harm of the simulator")
    asked = arguments.parse_args()
    console = Console()
    table = Table("pairs", "n", "same", "different", "undecided", "ms a pair: median", "longest")
    tallies = run(asked.pairs, asked.seed, defects=asked.defects)
    for kind, tally in tallies.items():
        counts = [str(tally.answers[likeness]) for likeness in Likeness]
        times = f"{statistics.median(tally.milliseconds):.0f}", f"{max(tally.milliseconds):.0f}"
        table.add_row(kind, str(tally.answers.total()), *counts, *times)
    console.print(table)
    for tally in tallies.values():
        console.print("\n".join(tally.wrong), end="\n" if tally.wrong else "")


if __name__ == "__main__":
    main()
