"""Half an hour of fuzzing each night; by day a target is only shown to work and to find what it should."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recognition.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[3]
FOUND = Path(__file__).with_name("found")
SECONDS = int(os.environ.get("APROBOT_FUZZ_SECONDS", "1800"))


def broken_by(name: str, seconds: int, folder: Path) -> list[bytes]:
    """Inputs that ended the target as it must not end."""
    command = (sys.executable, "-m", "tests.recognition.fuzz", name, str(seconds), str(folder))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds + 300, check=False)
    found = [path.read_bytes() for path in folder.glob(f"{name}-*") if path.is_file()]
    assert found or done.returncode == 0, done.stderr[-4000:]
    return found


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", list(TARGETS))
def test_nothing_breaks_a_reader(name: str, tmp_path: Path) -> None:
    found = broken_by(name, max(10, SECONDS // len(TARGETS)), tmp_path)
    assert found == [], [data[:200] for data in found]


@pytest.mark.parametrize("name", list(TARGETS))
def test_every_seed_is_taken_by_its_target(name: str) -> None:
    seeds = TARGETS[name].seeds()
    assert seeds
    for data in seeds[:12]:
        TARGETS[name].run(data)


@pytest.mark.parametrize("found", sorted(FOUND.iterdir()), ids=lambda path: path.stem)
def test_what_was_found_once_breaks_nothing_any_more(found: Path) -> None:
    TARGETS["pictures"].run(found.read_bytes())
