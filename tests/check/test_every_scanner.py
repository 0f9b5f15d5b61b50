"""Kits as a college makes them, scanned by every usual setting, and checked: all by the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KITS, PAGES = 10, 4
SETTINGS = [("grey", "jpg"), ("colour", "jpg"), ("bilevel", "tiff"), ("bilevel", "pdf")]

pytestmark = [pytest.mark.nightly, pytest.mark.timeout(900)]


def aprobot(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "bot", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("seed", ["1", "2", "3"])
@pytest.mark.parametrize(("mode", "file_format"), SETTINGS)
@pytest.mark.parametrize("dpi", ["150", "200", "300", "600"])
def test_ten_of_ten(tmp_path: Path, dpi: str, mode: str, file_format: str, seed: str) -> None:
    made = aprobot(
        tmp_path, "kits", "make", "--kits", str(KITS), "--pages", str(PAGES), "--seed", seed, "--out", "k.pdf"
    )
    assert made.returncode == 0, made.stderr
    scanned = aprobot(
        tmp_path,
        *("kits", "scan", "k.pdf", "--out", "scans", "--dpi", dpi, "--mode", mode),
        *("--format", file_format, "--seed", seed),
    )
    assert scanned.returncode == 0, scanned.stderr
    checked = aprobot(tmp_path, "check", "scans", "--participants", str(KITS), "--require", "all", "--json")
    outcome = json.loads(checked.stdout)
    assert checked.returncode == 0, outcome["summary"]
    assert outcome["summary"]["kits_complete"] == KITS
    assert outcome["summary"]["ok"] == KITS * PAGES
    assert [page["problems"] for file in outcome["files"] for page in file["pages"] if page["problems"]] == []
