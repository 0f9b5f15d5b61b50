"""Runs one PostgreSQL server until the test run that asked for it is gone, however that run ended.

    python -m tests.postgres_keeper BINARIES FOLDER

The test run holds FOLDER/alive open for writing; when the kernel closes it, the server is stopped and the folder
removed. The server runs as an unprivileged user, because PostgreSQL refuses root. FOLDER/port appears when it answers.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "log_min_messages": "fatal",
}
ATTEMPTS = 5
ANSWERS_WITHIN_S = 30


def keep(binaries: Path, folder: Path) -> None:
    data = folder / "data"
    data.mkdir()
    user = unprivileged_user()
    if user:
        os.chown(data, user.pw_uid, user.pw_gid)
    started = start(binaries, data, user)
    try:
        if started:
            server, port = started
            publish(folder / "port", str(port))
            wait_for_the_end_of_the_run(folder / "alive")
            stop(server)
        else:
            publish(folder / "port", "failed: " + (folder / "server.log").read_text()[-2000:])
            wait_for_the_end_of_the_run(folder / "alive")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to become: nobody to become where this process is not root."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def start(binaries: Path, data: Path, user: pwd.struct_passwd | None) -> tuple[subprocess.Popen[bytes], int] | None:
    """A server that answers, and its port. Where somebody takes the free port first, another one is tried."""
    become = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    with (data.parent / "server.log").open("wb") as log:
        streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "cwd": data}
        initialise = [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        ]
        if subprocess.run(initialise, check=False, **become, **streams).returncode != 0:
            return None
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        for _ in range(ATTEMPTS):
            port = free_port()
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-p", str(port), *options],
                **become,
                **streams,
                start_new_session=True,
            )
            if answers(server, data / "postmaster.pid"):
                return server, port
            stop(server)
    return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(server: subprocess.Popen[bytes], pid_file: Path) -> bool:
    """The server writes "ready" into the last line of its pid file when it takes connections."""
    deadline = time.monotonic() + ANSWERS_WITHIN_S
    while time.monotonic() < deadline and server.poll() is None:
        if pid_file.exists() and pid_file.read_text().rstrip().endswith("ready"):
            return True
        time.sleep(0.02)
    return False


def publish(path: Path, text: str) -> None:
    fresh = path.with_suffix(".fresh")
    fresh.write_text(text)
    fresh.rename(path)


def wait_for_the_end_of_the_run(alive: Path) -> None:
    """Returns when nobody holds the pipe open for writing. A run that is gone already must not be waited for."""
    pipe = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(pipe, True)
    os.read(pipe, 1)
    os.close(pipe)


def stop(server: subprocess.Popen[bytes]) -> None:
    """An immediate shutdown: nothing in this database is wanted any more."""
    server.send_signal(3)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    keep(Path(sys.argv[1]), Path(sys.argv[2]))
