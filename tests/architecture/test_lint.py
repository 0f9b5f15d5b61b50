"""Formatting, lint, types and the direction of imports: what `./run check` shows, proved with the other tests."""

import subprocess

import pytest

from tests.architecture.sources import ROOT


@pytest.mark.timeout(600)
def test_check_is_clean():
    check = subprocess.run([ROOT / "run", "check"], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr
    assert check.stdout.splitlines() == ["ruff format: ok", "ruff check: ok", "mypy: ok", "lint-imports: ok"]
