"""Kill -9 at random moments: nothing accepted is lost, nothing counts twice, everybody is answered."""

import sys
from pathlib import Path

import pytest

from tests.kill.harness import KillRun, Outcome, Plan

SMALL = Plan(technicians=2, kits_each=2, kills=3, lives=(1.0, 5.0))
FULL = Plan(technicians=10, kits_each=10, kills=20, lives=(1.0, 14.0))


@pytest.mark.timeout(300)
async def test_a_few_kills(database_url: str, tmp_path: Path) -> None:
    prove(SMALL, await KillRun(SMALL, database_url, tmp_path)())


@pytest.mark.nightly
@pytest.mark.timeout(2400)
async def test_twenty_kills(database_url: str, tmp_path: Path) -> None:
    prove(FULL, await KillRun(FULL, database_url, tmp_path)())


def prove(plan: Plan, outcome: Outcome) -> None:
    sys.stdout.write(f"{outcome}\n")
    pages = plan.technicians * plan.kits_each * 2
    assert outcome.kills == plan.kills
    assert outcome.sent == outcome.submissions == outcome.stored_files == outcome.pages_counted == pages
    assert (outcome.unsettled, outcome.files_without_bytes, outcome.counted_twice) == (0, 0, 0)
    assert outcome.kits_complete == plan.technicians * plan.kits_each
    assert outcome.answered == plan.technicians
