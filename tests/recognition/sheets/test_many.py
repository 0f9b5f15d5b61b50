"""Many sheets over every resolution, mode and turn, and each harm of the simulator: none missed, none alarmed."""

import pytest

from benchmarks.sheets import Tally, run
from recognition.sheets import Likeness

PAIRS, DEFECTS = 60, 4

pytestmark = [pytest.mark.nightly, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return run(PAIRS, seed=2, defects=DEFECTS)


def test_no_rescan_is_alarmed(tallies: dict[str, Tally]) -> None:
    for kind, tally in tallies.items():
        if kind.endswith("rescan"):
            assert tally.answers[Likeness.DIFFERENT] == 0, tally.wrong
    assert tallies["rescan"].answers[Likeness.SAME] >= 0.9 * PAIRS, tallies["rescan"].wrong


def test_no_double_print_is_missed(tallies: dict[str, Tally]) -> None:
    for kind, tally in tallies.items():
        if "double" in kind:
            assert tally.answers[Likeness.SAME] == 0, tally.wrong
    double = tallies["double print"]
    assert double.answers[Likeness.DIFFERENT] >= 0.9 * PAIRS, double.wrong


def test_empty_prints_stay_undecided(tallies: dict[str, Tally]) -> None:
    for kind, tally in tallies.items():
        if kind.startswith("blank, "):
            assert set(tally.answers) == {Likeness.UNDECIDED}, tally.wrong
