"""Fits the curve of `recognition/sheets/probability.py`, and shows how true what it says is.

Run from the repository, on files that `python -m benchmarks.sheet_pairs` wrote with seeds of their own:
`python -m benchmarks.sheet_probability --fit fitted.jsonl [...] --try tried.jsonl [...]`. Prints the constant and the
weight to be written there, then the probabilities of the code as it stands against what was true in the tried pairs.
"""

import argparse
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.sheet_pairs import Measured, measured
from recognition.sheets.comparison import Likeness
from recognition.sheets.decide import decide
from recognition.sheets.probability import enough, probability, showing, unmet

_RIDGE, _ROUNDS = 1e-4, 200
"""The first only shortens each step: it holds where the curve is flat."""
_BINS = (0.0, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 1.0)


def read(paths: Iterable[Path]) -> list[Measured]:
    """All pairs of the files."""
    return [measured(line) for path in paths for line in path.read_text().splitlines()]


def fit(pairs: Sequence[Measured]) -> tuple[float, float]:
    """Constant and weight by Newton's method; both classes weigh alike.

    Targets are Platt's (n + 1) / (n + 2): so many pairs cannot make anybody surer.
    """
    told = [pair for pair in pairs if enough(pair.evidence) and showing(pair.evidence)]
    values = np.column_stack([np.ones(len(told)), [unmet(pair.evidence) for pair in told]])
    same = np.array([pair.same for pair in told])
    target = np.where(same, 1 - 1 / (same.sum() + 2), 1 / ((~same).sum() + 2))
    weight = np.where(same, 0.5 / same.sum(), 0.5 / (~same).sum())
    found = np.zeros(2)
    for _ in range(_ROUNDS):
        said = 1 / (1 + np.exp(-(values @ found)))
        bend = (values * (weight * said * (1 - said))[:, None]).T @ values
        found -= np.linalg.solve(bend + _RIDGE * np.eye(2), (weight * (said - target)) @ values)
    return float(found[0]), float(found[1])


def reliability(pairs: Sequence[Measured]) -> tuple[Table, float]:
    """Said against true by bins of what is said, and the Brier score of all pairs of which something is said."""
    said = [(value, pair.same) for pair in pairs if (value := probability(pair.evidence)) is not None]
    table = Table("said", "n", "said on average", "one sheet in truth")
    for low, high in itertools.pairwise(_BINS):
        inside = [(value, same) for value, same in said if low <= value < high or value == high == 1.0]
        if inside:
            average, true = np.mean(np.array(inside, np.float64), axis=0)
            table.add_row(f"{low:.2f} to {high:.2f}", str(len(inside)), f"{average:.3f}", f"{true:.3f}")
    return table, float(np.mean([(value - same) ** 2 for value, same in said]))


def decided(pairs: Sequence[Measured]) -> Table:
    """What the code makes of each kind of pair."""
    table = Table("pairs", "n", *Likeness)
    for kind in sorted({pair.kind for pair in pairs}):
        answers = [decide(pair.evidence)[0] for pair in pairs if pair.kind == kind]
        table.add_row(kind, str(len(answers)), *(str(answers.count(likeness)) for likeness in Likeness))
    return table


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--fit", nargs="+", type=Path, default=[])
    arguments.add_argument("--try", nargs="+", type=Path, default=[], dest="tried")
    asked = arguments.parse_args()
    console = Console()
    if asked.fit:
        constant, weight = fit(read(asked.fit))
        console.print(f"CONSTANT, WEIGHT = {constant:.2f}, {weight:.2f}")
    if asked.tried:
        pairs = read(asked.tried)
        table, brier = reliability(pairs)
        console.print(table, f"Brier score {brier:.4f}", decided(pairs))


if __name__ == "__main__":
    main()
