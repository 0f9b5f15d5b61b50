"""Measured pairs of scans, to fit and to try the probability on: what is seen, and whether it was one sheet.

Run from the repository: `python -m benchmarks.sheet_pairs --kits 40 --seed 100 > fitted.jsonl`. Of every kit one
sheet is scanned twice and another print of it once; besides, two people write the same words. What happens to paper
between two passes (a signature, a correction, a streak, the back shining through) is drawn on the page laid flat.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from benchmarks.sheets import FORM, Bench, Pair
from recognition.files.turn import Gray
from recognition.limits import Limits
from recognition.sheets import Spot
from recognition.sheets.compare import lay
from recognition.sheets.evidence import Evidence, Side
from recognition.sheets.flat import PX_PER_MM
from recognition.sheets.page import SheetPage
from recognition.sheets.shelf import Shelf
from tests.recognition.drawn import pdf, scanned
from tests.recognition.sheets.same_words import written

_NOWHERE = np.zeros((1, 1), np.bool_)


@dataclass(frozen=True, slots=True)
class Measured:
    """One pair: its kind, whether it is one sheet, and what was seen."""

    kind: str
    same: bool
    evidence: Evidence

    def line(self) -> str:
        """One line of JSON; masks are left out."""
        sides = [asdict(replace(side, lacks=_NOWHERE)) for side in (self.evidence.first, self.evidence.second)]
        for side in sides:
            del side["lacks"]
        return json.dumps([self.kind, self.same, *sides, self.evidence.laid, self.evidence.shown])


def measured(line: str) -> Measured:
    """What `line` wrote."""
    kind, same, first, second, laid, shown = json.loads(line)
    sides = (Side(**side, lacks=_NOWHERE) for side in (first, second))
    return Measured(kind, same, Evidence(*sides, laid, shown))


def pairs(kits: int, seed: int) -> Iterator[Measured]:
    """Of each kit a rescan, a double print and each of both with one change between the passes; then the same words."""
    bench = Bench(kits, seed)
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Limits(), FORM)
        for number in range(kits):
            yield from _of_kit(bench, shelf, number, Path(folder))
            yield from _same_words(shelf, bench.rng, Path(folder))
            for path in Path(folder).iterdir():
                path.unlink()


def _of_kit(bench: Bench, shelf: Shelf, number: int, folder: Path) -> Iterator[Measured]:
    anna, boris = bench.hands(number, alike=True)
    source = number * 4 + (bench.task_page(number, anna) - 1 if number % 2 else 0)
    ours, theirs = Pair(f"{number}", source, (anna, anna), None), Pair(f"{number}", source, (boris, boris), None)
    first, again, other = (
        shelf.page(bench.scan(pair, which, folder)) for pair, which in ((ours, 0), (ours, 1), (theirs, 1))
    )
    changes = {"plain": _plain, "signed": _signed, "corrected": _corrected, "streak": _streak, "shine": _shine}
    change = bench.rng.choice(list(changes)[1:])
    for name in ("plain", change):
        for second, same in ((again, True), (other, False)):
            altered = changes[name](second.flat.ink.copy(), bench.rng)
            page = replace(second, flat=replace(second.flat, ink=altered))
            yield _measured(f"{name}, {'rescan' if same else 'double'}", first, page, same=same)


def _same_words(shelf: Shelf, rng: random.Random, folder: Path) -> Iterator[Measured]:
    cells, words = rng.randrange(4, 40), rng.randrange(10**6)
    anna, boris = rng.randrange(10**6), rng.randrange(10**6)
    pages = []
    for at, writer in enumerate((anna, anna, boris)):
        dpi = rng.choice((150, 200, 300))
        path = folder / f"words-{words}-{at}.pdf"
        gray = scanned(
            written(writer, cells=cells, words=words), dpi, seed=rng.randrange(10**6), skew=rng.uniform(-1, 1)
        )
        path.write_bytes(pdf([gray], dpi))
        pages.append(shelf.page(Spot(path, 0)))
    yield _measured("same words, rescan", pages[0], pages[1], same=True)
    yield _measured("same words, double", pages[0], pages[2], same=False)


def _measured(kind: str, first: SheetPage, second: SheetPage, *, same: bool) -> Measured:
    if second.flat.named and not first.flat.named:
        first, second = second, first
    return Measured(kind, same, lay(first, second, FORM).evidence)


def _plain(ink: Gray, _: random.Random) -> Gray:
    return ink


def _signed(ink: Gray, rng: random.Random) -> Gray:
    """A signature of another pen anywhere on the sheet, some of them across the writing."""
    x, y = rng.uniform(20, 130), rng.uniform(60, 260)
    return _scrawl(ink, rng, x, y, rng.uniform(10, 50), rng.uniform(4, 12))


def _corrected(ink: Gray, rng: random.Random) -> Gray:
    """White-out over up to three places, and something else written on it."""
    for _ in range(rng.randrange(1, 4)):
        x, y, width, height = rng.uniform(20, 150), rng.uniform(65, 250), rng.uniform(6, 30), rng.uniform(5, 9)
        left, top, right, bottom = (round(mm * PX_PER_MM) for mm in (x, y, x + width, y + height))
        ink[top:bottom, left:right] = 0
        ink = _scrawl(ink, rng, x + 1, y + 1, width - 2, height - 2)
    return ink


def _scrawl(ink: Gray, rng: random.Random, x: float, y: float, width: float, height: float) -> Gray:
    count = max(4, round(width / 2))
    points = [((x + width * at / count) * PX_PER_MM, (y + rng.random() * height) * PX_PER_MM) for at in range(count)]
    line = np.zeros_like(ink)
    cv2.polylines(
        line, [np.array(points, np.int32)], False, (rng.randrange(150, 250),), rng.choice((2, 3)), cv2.LINE_AA
    )
    return np.asarray(np.maximum(ink, cv2.GaussianBlur(line, (0, 0), 0.7)), np.uint8)


def _streak(ink: Gray, rng: random.Random) -> Gray:
    """Dirt on the glass: a line along the feed."""
    x = rng.randrange(round(25 * PX_PER_MM), round(185 * PX_PER_MM))
    ink[:, x : x + rng.randrange(1, 6)] = rng.randrange(60, 230)
    return ink


def _shine(ink: Gray, rng: random.Random) -> Gray:
    """The back shines through: its writing mirrored, pale and soft."""
    back = cv2.GaussianBlur(ink[:, ::-1], (0, 0), 2.5).astype(np.float32) * rng.uniform(0.08, 0.22)
    return np.asarray(np.maximum(ink, back.astype(np.uint8)), np.uint8)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kits", type=int, default=40)
    arguments.add_argument("--seed", type=int, default=100)
    asked = arguments.parse_args()
    cv2.setNumThreads(1)
    for pair in pairs(asked.kits, asked.seed):
        print(pair.line(), file=sys.stdout, flush=True)


if __name__ == "__main__":
    main()
