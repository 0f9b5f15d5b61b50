"""Files by their content: whole or not there, once, and safe on the disk before anybody says so."""

import asyncio
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from services.files.store import FileStore

ROOT = Path(__file__).resolve().parents[2]
DATA = os.urandom(3 << 20)
HASH = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def store(tmp_path) -> FileStore:
    return FileStore(f"file://{tmp_path / 'files'}")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_found_by_its_content_however_it_came(store, tmp_path):
    source = tmp_path / "имя из письма.pdf"
    source.write_bytes(DATA)
    stored = [await store.put(DATA), await store.put(source), await store.put(DATA)]
    assert {(one.hash, one.size) for one in stored} == {(HASH, len(DATA))}
    assert await store.get(HASH) == DATA
    async with store.local(HASH) as path:
        assert path.read_bytes() == DATA
    assert [path.name for path in files_in(store.folder)] == [HASH]


async def test_at_once_from_many_sides(store):
    await asyncio.gather(*(store.put(DATA) for _ in range(8)), store.put(b""), store.put(b"1"))
    assert len(files_in(store.folder)) == 3
    assert await store.get(HASH) == DATA


async def test_what_is_not_there_is_said(store):
    with pytest.raises(FileNotFoundError):
        await store.get("0" * 64)


async def test_forced_to_the_disk_before_it_has_its_name(store, monkeypatch):
    done = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (done.append("fsync"), fsync(fd)))
    monkeypatch.setattr(Path, "replace", lambda path, to: (done.append("rename"), replace(path, to))[1])
    await store.put(DATA)
    assert done == ["fsync", "fsync", "rename", "fsync"], "the new folder, the bytes, the name"
    done.clear()
    await store.put(DATA)
    assert done == ["fsync"], "an earlier call may have died before its name was safe"


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from services.files import store as stores
place = sys.argv[2]
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
if place == "write": stores.copy = die
if place == "fsync": os.fsync = die
if place == "rename": Path.replace = die
if place == "folder": stores.sync_folder = lambda folder: die() if folder.name != "files" else None
asyncio.run(stores.FileStore("file://" + sys.argv[1]).put(b"x" * 3_000_000))
"""


@pytest.mark.parametrize("place", ["write", "fsync", "rename", "folder"])
async def test_a_kill_leaves_the_whole_file_or_none(tmp_path, place):
    folder = tmp_path / "files"
    done = await asyncio.to_thread(run, KILLED, str(folder), place)
    assert done.returncode == -9
    store = FileStore(f"file://{folder}")
    for path in files_in(folder):
        if path.parent.name != "incoming":
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    stored = await store.put(b"x" * 3_000_000)
    assert await store.get(stored.hash) == b"x" * 3_000_000


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


FULL = """
import asyncio, resource, signal, sys
from services.files.store import FileStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    asyncio.run(FileStore("file://" + sys.argv[1]).put(b"x" * 3_000_000))
except OSError as error:
    print("OSError", error.errno)
"""


async def test_a_disk_without_room_is_told_and_nothing_stays(tmp_path):
    done = await asyncio.to_thread(run, FULL, str(tmp_path / "files"))
    assert done.stdout.startswith("OSError")
    assert files_in(tmp_path) == []


async def test_scratch_is_gone_afterwards_also_after_a_failure(store):
    async with store.scratch() as path:
        path.write_bytes(DATA)
        assert path.is_relative_to(store.folder), "on the same disk, so that a full one is met in time"
    with pytest.raises(ValueError, match="broken"):
        await fail_in_scratch(store)
    assert files_in(store.folder) == []


async def fail_in_scratch(store: FileStore) -> None:
    async with store.scratch() as path:
        path.write_bytes(DATA)
        raise ValueError("broken")


async def test_leftovers_of_kills_are_swept_and_the_young_are_left(store):
    async with store.scratch() as path:
        path.write_bytes(DATA)
        old = store.folder / "incoming" / "tmp-old"
        old.mkdir()
        (old / "incoming").write_bytes(DATA)
        half = store.folder / "incoming" / "half"
        half.write_bytes(b"x")
        for left in (old, half):
            os.utime(left, (time.time() - 7200,) * 2)
        assert await store.sweep() == 2
        assert path.exists()
    assert not old.exists()
