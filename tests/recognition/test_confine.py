"""What a child has given up, proved from inside one."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from recognition.limits import DEFAULT
from recognition.pool import Pool
from recognition.pool.seccomp import forbid
from tests.recognition.drawn import KIT, PRACTICE, jpeg, printed, scanned

ROOT = Path(__file__).resolve().parents[2]
PROBE = """
import ctypes, os, resource, signal, sys
from recognition.pool.confine import allow_cpu, confine, shut
confine({memory}, 64, {parent})
import cv2, numpy, socket, subprocess
print("missing:", ",".join(shut()))
try:
    {attempt}
    print("done")
except OSError as refused:
    print(type(refused).__name__)
"""


def attempted(attempt: str) -> tuple[str, str]:
    """What the child says it had to do without, and what came of the attempt."""
    probe = PROBE.format(memory=DEFAULT.memory_bytes, parent=os.getpid(), attempt=attempt)
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False
    )
    lines = done.stdout.split("\n")
    return lines[0].removeprefix("missing: ").strip(), lines[1] if len(lines) > 1 else f"ended {done.returncode}"


def kernel_has_landlock() -> bool:
    return ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) >= 1


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "subprocess.run(['true'])",
        "os.kill(os.getppid(), 0)",
        "signal.pidfd_send_signal(os.pidfd_open(os.getppid()), 0)",
        "resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
        "os.setpriority(os.PRIO_PROCESS, os.getppid(), 5)",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_no_network_no_program_no_signal(attempt: str) -> None:
    missing, came = attempted(attempt)
    assert "no_network" not in missing
    assert came == "PermissionError"


@pytest.mark.parametrize(
    "attempt",
    [
        "open({path!r}, 'w')",
        "open({path!r}, 'a')",
        "os.unlink({path!r})",
        "os.rename({path!r}, {path!r} + 'x')",
        "os.truncate({path!r}, 0)",
        "os.mkdir({path!r} + 'd')",
        "os.symlink('/', {path!r} + 'l')",
    ],
)
def test_no_file_is_changed_where_the_kernel_can(tmp_path: Path, attempt: str) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"kept")
    missing, came = attempted(attempt.format(path=str(path)))
    assert ("read_only_files" in missing) is not kernel_has_landlock()
    if kernel_has_landlock():
        assert came == "PermissionError"
        assert sorted(tmp_path.iterdir()) == [path]
        assert path.read_bytes() == b"kept"


@pytest.mark.parametrize(
    "attempt",
    [
        "os.chmod({path!r}, 0)",
        "os.chown({path!r}, 1, 1)",
        "os.utime({path!r})",
        "os.setxattr({path!r}, 'user.x', b'x')",
    ],
)
def test_no_rights_owner_or_time_of_a_file_is_changed(tmp_path: Path, attempt: str) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"kept")
    missing, came = attempted(attempt.format(path=str(path)))
    assert "no_network" not in missing
    assert came == "PermissionError"


def test_no_thread_of_another_process_is_signalled() -> None:
    """tgkill has no name in Python: by its number on this machine."""
    number = {"x86_64": 234, "aarch64": 131}[os.uname().machine]
    call = f"print(ctypes.CDLL(None).syscall({number}, os.getppid(), os.getppid(), 0))"
    assert attempted(call)[1] == "-1"


def test_reading_stays_free_and_so_does_nothing(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"kept")
    assert attempted(f"assert open({str(path)!r}).read() == 'kept'; open('/dev/null', 'w').write('x')")[1] == "done"


def test_a_child_that_spins_is_ended_by_the_kernel() -> None:
    spun = PROBE.format(memory=DEFAULT.memory_bytes, parent=os.getpid(), attempt="allow_cpu(1)\n    while True: pass")
    done = subprocess.run([sys.executable, "-c", spun], capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == -24, "SIGXCPU"


async def test_the_pool_tells_what_its_children_live_without(tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    path.write_bytes(jpeg(scanned(printed(), 150), 150))
    pool = Pool(1)
    assert pool.missing == ()
    await pool.start()
    try:
        assert pool.missing == (() if kernel_has_landlock() else ("read_only_files",))
        report = await pool.check(path, PRACTICE, event="TEST", pictures=1)
        assert report.pages[0].kit == KIT
    finally:
        await pool.close()


def test_an_unknown_machine_degrades_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert forbid() is False
