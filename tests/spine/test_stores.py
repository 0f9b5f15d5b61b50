"""What a file store promises, wherever it keeps the files: in a folder, or in an object store over the wire."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from bot.make_store import make_store
from bot.settings import FilesSettings, Settings
from sandbox.demo.commands import CommandFailedError, Product
from services.files.probe import StoreFault, free_bytes, probe
from services.files.store import FileStore
from tests.s3 import BUCKET, KEYS, S3, free_port, s3_server
from tests.wired.world import World, event_file, open_world, scans

DATA = os.urandom(11 << 20)
"""More than one part of an upload in parts."""

HASH = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def s3(tmp_path) -> Iterator[S3]:
    with s3_server(tmp_path / "s3") as server:
        yield server


@pytest.fixture(params=["folder", "s3"])
def store(request, tmp_path) -> FileStore:
    if request.param == "folder":
        return FileStore(f"file://{tmp_path / 'files'}")
    server: S3 = request.getfixturevalue("s3")
    return FileStore(server.url, server.access)


async def test_found_by_its_content_however_it_came(store, tmp_path):
    source = tmp_path / "имя из письма.pdf"
    source.write_bytes(DATA)
    stored = [await store.put(DATA), await store.put(source), await store.put(DATA)]
    assert {(one.hash, one.size) for one in stored} == {(HASH, len(DATA))}
    assert await store.get(HASH) == DATA
    assert (await store.put(b"")).size == 0
    assert await store.get(hashlib.sha256(b"").hexdigest()) == b""


async def test_at_once_from_many_sides(store):
    await asyncio.gather(*(store.put(DATA) for _ in range(4)), store.put(b"1"))
    assert await store.get(HASH) == DATA


async def test_a_path_for_the_decoder(store):
    await store.put(DATA)
    async with store.local(HASH) as path:
        assert path.read_bytes() == DATA
        assert store.folder is not None or not path.is_relative_to("/" + BUCKET)
    assert path.exists() == (store.folder is not None)


async def test_what_is_not_there_is_said(store):
    with pytest.raises(FileNotFoundError):
        await store.get("0" * 64)
    with pytest.raises(FileNotFoundError):
        async with store.local("0" * 64) as path:
            path.read_bytes()


async def test_what_is_taken_away_is_gone_and_may_come_again(store):
    stored = await store.put(b"scan")
    for _ in range(2):
        await store.delete(stored.hash)
    assert not await store.is_there(stored.hash)
    assert await store.get((await store.put(b"scan")).hash) == b"scan"


async def test_scratch_is_gone_afterwards(store):
    async with store.scratch() as path:
        path.write_bytes(b"1")
    assert not path.exists()
    assert await store.sweep() == 0


async def test_a_probe_leaves_nothing(store, tmp_path):
    await probe(store)
    await asyncio.gather(*(probe(store) for _ in range(5)))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert (free_bytes(store) or 1) > 0


async def test_what_is_wrong_with_an_object_store_is_told_apart(s3):
    good = s3.access
    cases = {
        "bucket": ("s3://another/x", good),
        "refused": (s3.url, replace(good, secret_key="wrong")),
        "away": (s3.url, replace(good, endpoint=f"http://127.0.0.1:{free_port()}")),
    }
    for why, (url, access) in cases.items():
        with pytest.raises(StoreFault) as told:
            await probe(FileStore(url, access))
        assert told.value.why == why
        with pytest.raises(OSError):
            await FileStore(url, access).put(DATA)


async def test_a_folder_that_is_closed_is_told(tmp_path):
    store = FileStore(f"file://{tmp_path / 'files'}")
    (tmp_path / "files" / "probe").write_text("in the way")
    with pytest.raises(StoreFault) as told:
        await probe(store)
    assert told.value.why == "closed"


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path, s3: S3) -> AsyncIterator[World]:
    def in_s3(settings: Settings) -> None:
        keys = dict(zip(("access_key", "secret_key"), map(SecretStr, KEYS), strict=True))
        settings.files = FilesSettings(url=s3.url, endpoint=s3.endpoint, **keys)

    async with open_world(sqlite_url, tmp_path, tune=in_s3) as opened:
        yield opened


async def test_a_scan_sent_in_the_chat_is_kept_and_checked(world, s3):
    """The whole product on an object store: what was sent lies there, and its check reads it from there."""
    technician = await world.technician()
    name, content = scans(1)[0]
    await technician.sends((name, content))
    await technician.waits_for("получен и проверен", timeout=60)
    kept = {path.name: path for path in (s3.folder / BUCKET).rglob("*") if path.is_file()}
    assert kept[hashlib.sha256(content).hexdigest()].read_bytes() == content
    rows = await world.read("SELECT hash FROM file")
    assert {row["hash"] for row in rows} <= set(kept)
    assert await make_store(world.settings.files).get(hashlib.sha256(content).hexdigest()) == content
    assert not (world.folder / "files").exists()


async def test_a_command_says_in_one_sentence_that_the_object_store_is_away(sqlite_url, tmp_path):
    given = {
        "APROBOT_DATABASE__URL": sqlite_url,
        "APROBOT_FILES__URL": f"s3://{BUCKET}/x",
        "APROBOT_FILES__ENDPOINT": f"http://127.0.0.1:{free_port()}",
        "APROBOT_FILES__ACCESS_KEY": KEYS[0],
        "APROBOT_FILES__SECRET_KEY": KEYS[1],
    }
    (tmp_path / "event.yaml").write_text(yaml.safe_dump(event_file({})), encoding="utf-8")
    (tmp_path / "manual.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(CommandFailedError) as told:
        await Product(given, tmp_path).run("events", "load", "event.yaml")
    assert str(told.value) == "Хранилище сканов не отвечает или не принимает: что исправить, скажет aprobot doctor."
