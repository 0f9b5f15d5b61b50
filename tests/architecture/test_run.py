"""`./run` on a machine that has only python3: here a stand-in whose installations succeed, fail or break off."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

TOOLS = "sh readlink dirname cmp grep awk date rm mkdir id cp df tail cat ls chmod kill".split()  # noqa: SIM905 (reads as a list)
PYTHON3 = f"""#!/bin/sh
case "$1" in
    -c) exec {sys.executable} "$@" ;;
    -m) mkdir -p "$3/bin"; cp "$(dirname "$0")/installed-python" "$3/bin/python"; echo "venv made" ;;
esac
"""
INSTALLED_PYTHON = """#!/bin/sh
if [ "$2" = pip ]; then
    echo "$*" >>"$MACHINE/installations"
    [ ! -e "$MACHINE/pip-says" ] || { cat "$MACHINE/pip-says"; exit 1; }
    [ ! -e "$MACHINE/kill" ] || kill -9 $PPID
    exit 0
fi
printf '%s|' "$PWD" "$PYTHONPATH" "$@"
exit "${EXIT:-0}"
"""


class Machine:
    """A copy of ./run in a folder of its own, on a machine that has the named tools and no more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = folder / "project"
        self.tools = folder / "tools"
        self.project.mkdir()
        self.tools.mkdir()
        for name in ("run", "requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / name, self.project)
        for name in TOOLS:
            (self.tools / name).symlink_to(str(shutil.which(name)))
        self.put("python3", PYTHON3)
        self.put("installed-python", INSTALLED_PYTHON)

    def put(self, name: str, script: str) -> None:
        (self.tools / name).write_text(script)
        (self.tools / name).chmod(0o755)

    def run(self, *arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.project / "run", *arguments],
            cwd=cwd or self.folder,
            env={"PATH": str(self.tools), "MACHINE": str(self.folder), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def installations(self) -> list[str]:
        done = self.folder / "installations"
        return done.read_text().splitlines() if done.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_product_starts_in_the_callers_folder_with_its_arguments_as_they_are(machine: Machine):
    caller = machine.folder / "сканы колледжа"
    caller.mkdir()
    started = machine.run("aprobot", "check", "a b.pdf", "*", cwd=caller)
    assert started.stdout == f"{caller}|{machine.project}|-P|-m|bot|check|a b.pdf|*|"


def test_the_pictures_are_made_with_the_tools_of_the_tests(machine: Machine):
    assert machine.run("pictures").stdout.split("|")[2:5] == ["-P", "-m", "sandbox.demo.pictures"]
    assert "requirements-dev.lock" in (machine.folder / "installations").read_text()


def test_its_exit_code_is_passed_on(machine: Machine):
    assert machine.run("aprobot", "check", EXIT="2").returncode == 2


def test_the_second_start_installs_nothing(machine: Machine):
    machine.run("aprobot")
    assert machine.run("aprobot").stderr == ""
    assert len(machine.installations()) == 1


def test_the_lock_of_the_tests_holds_the_runtime_one(machine: Machine):
    machine.run("test")
    machine.run("demo")
    assert len(machine.installations()) == 1
    assert "--require-hashes" in machine.installations()[0]


def test_another_lock_is_installed(machine: Machine):
    machine.run("aprobot")
    with (machine.project / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    machine.run("aprobot")
    assert len(machine.installations()) == 2


def test_a_broken_off_installation_is_begun_anew(machine: Machine):
    (machine.folder / "kill").touch()
    assert machine.run("aprobot").returncode < 0
    (machine.project / ".venv" / "half").touch()
    (machine.folder / "kill").unlink()
    assert machine.run("aprobot").returncode == 0
    assert not (machine.project / ".venv" / "half").exists()


def test_two_starts_at_once_install_once(machine: Machine):
    command, environment = (
        [machine.project / "run", "aprobot"],
        {"PATH": str(machine.tools), "MACHINE": str(machine.folder)},
    )
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [start.wait(timeout=60) for start in both] == [0, 0]
    assert len(machine.installations()) == 1


@pytest.mark.parametrize(
    ("pip_says", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is too full"),
        ("Failed to establish a new connection: Temporary failure in name resolution", "connect to the network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that the lock pins"),
        ("ERROR: No matching distribution found for x", "install Python 3.11, 3.12 or 3.13"),
        ("ERROR: something unheard of", "the whole log is in"),
    ],
)
def test_a_failed_installation_is_explained(machine: Machine, pip_says: str, told: str):
    (machine.folder / "pip-says").write_text(pip_says + "\n")
    failed = machine.run("aprobot")
    assert failed.returncode == 3
    assert told in failed.stderr.splitlines()[-1]
    assert failed.stdout == ""


def test_an_old_python_is_named(machine: Machine):
    machine.put("python3", "#!/bin/sh\nexit 1\n")
    failed = machine.run("demo")
    assert (failed.returncode, failed.stderr.count("\n")) == (3, 1)
    assert "Python 3.11 or newer" in failed.stderr


def test_a_folder_that_cannot_be_written_is_named(machine: Machine):
    (machine.project / ".venv").write_text("")  # not even root can make a folder of it
    (machine.project / ".venv").chmod(0o400)
    (machine.tools / "rm").unlink()
    machine.put("rm", "#!/bin/sh\nexit 1\n")
    failed = machine.run("demo")
    assert (failed.returncode, failed.stderr.count("\n")) == (3, 1)
    assert ".venv" in failed.stderr


def test_an_unknown_command_shows_the_known_ones(machine: Machine):
    failed = machine.run("dmeo")
    assert failed.returncode == 2
    assert "./run demo" in failed.stderr


def test_both_locks_pin_the_same_packages_by_hash():
    runtime, development = (pins(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock"))
    assert runtime.items() <= development.items()
    assert all("--hash=sha256:" in hashes for hashes in development.values())


def pins(path: Path) -> dict[str, str]:
    entries = path.read_text().replace("\\\n", "").splitlines()
    return dict(entry.split(maxsplit=1) for entry in entries if entry.strip() and not entry.startswith("#"))


def test_what_is_run_is_executable():
    assert os.access(ROOT / "run", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
