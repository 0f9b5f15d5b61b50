"""Programs of the distribution that tests start: found, or installed as root, or named to who can install them."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def program(find: Callable[[], Path | None], package: str) -> Path:
    """What `find` finds; as root on Debian its package is installed first where it is missing."""
    found = find()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        with no_deadline():
            install(package)
        found = find()
    if not found:
        pytest.fail(f"{package} is missing. An administrator must type: apt-get install -y {package}", pytrace=False)
    return found


def install(package: str) -> None:
    """Installs a package of the distribution; its lists are refreshed only when they are too old to serve."""
    waiting = ["-o", "DPkg::Lock::Timeout=600"]  # another worker may be installing, too
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *waiting, package]
    if not succeeds(command):
        succeeds(["apt-get", "update", "-qq"])
        succeeds(command)


@contextmanager
def no_deadline() -> Iterator[None]:
    """Stops the clock that pytest-timeout runs for the test: an installation takes as long as the network does."""
    left = signal.setitimer(signal.ITIMER_REAL, 0)
    yield
    signal.setitimer(signal.ITIMER_REAL, *left)


def succeeds(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
