"""The peers' own environment: they pin libraries that the project must not have."""

import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LOCK = Path(__file__).with_name("requirements.lock")
ENVIRONMENT = ROOT / ".venv" / "peers"


@cache
def python_of_peers() -> Path:
    """Its interpreter; the first call fills the environment from the lock. Raises CalledProcessError."""
    python = ENVIRONMENT / "bin" / "python"
    filled = ENVIRONMENT / LOCK.name
    if not (filled.exists() and filled.read_bytes() == LOCK.read_bytes()):
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
        install = (python, "-m", "pip", "install", "-qqq", "--disable-pip-version-check", "--require-hashes")
        subprocess.run([*install, "-r", LOCK], check=True)
        filled.write_bytes(LOCK.read_bytes())
    return python
