"""An object store for tests: rclone's S3 server over a folder, which checks signatures as a real one does."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from services.files.object_store import StoreAccess

BUCKET = "scans"
KEYS = ("key-of-the-tests", "secret-of-the-tests-0123456789")
STARTS_WITHIN_S = 20
WHILE_READ = '"$@" >/dev/null 2>&1 & cat >/dev/null; kill $!'
"""The server ends when its input does, so it does not outlive a test run that was killed."""


@dataclass(frozen=True)
class S3:
    """A running server; its buckets are folders of `folder`."""

    endpoint: str
    folder: Path
    access: StoreAccess

    @property
    def url(self) -> str:
        return f"s3://{BUCKET}/под папкой"


@contextmanager
def s3_server(folder: Path) -> Iterator[S3]:
    """Serves until left, with one empty bucket."""
    (folder / BUCKET).mkdir(parents=True)
    port = free_port()
    command = [rclone(), "serve", "s3", "--auth-key", ",".join(KEYS), "--addr", f"127.0.0.1:{port}", str(folder)]
    options = ["--config", "/dev/null", "--vfs-cache-mode", "off"]
    with subprocess.Popen(["sh", "-c", WHILE_READ, "sh", *command, *options], stdin=subprocess.PIPE) as server:
        try:
            wait_for(port)
            endpoint = f"http://127.0.0.1:{port}"
            yield S3(endpoint, folder, StoreAccess(endpoint, "", *KEYS))
        finally:
            server.stdin.close()


def rclone() -> str:
    """From the environment that runs the tests."""
    found = shutil.which("rclone", path=str(Path(sys.executable).parent)) or shutil.which("rclone")
    if found is None:
        pytest.fail("rclone is missing: it comes with the development lock", pytrace=False)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, "the object store did not start"
        time.sleep(0.05)
