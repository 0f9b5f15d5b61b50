"""A Bot API server of one's own: files come as paths on a shared disk, and larger than the cloud would hand over."""

import os
from pathlib import Path

import pytest

from services.submissions.receipt import ChatLimit
from services.telegram.gateway import BotGateway, Later
from tests.wired.world import World, open_world, scans

BIG = 21 << 20
"""More than the cloud's 20 MB."""


def local(settings):
    settings.telegram.local_files = True


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path):
    async with open_world(sqlite_url, tmp_path, tune=local, hands_over_paths=True) as opened:
        yield opened


async def test_a_large_scan_comes_through_the_chat(world: World, tmp_path: Path):
    technician = await world.technician()
    name, content = scans(1)[0]
    large = content + os.urandom(BIG)
    (tmp_path / name).write_bytes(large)
    await technician.sends(tmp_path / name)
    await technician.waits_for("получен и проверен", timeout=60)
    [row] = await world.read("SELECT state, size, file_hash FROM submission")
    assert (row["state"], row["size"]) == ("checked", len(large))
    downloads = [entry for entry in world.sandbox.world.journal.since(0) if entry.method == "download"]
    assert downloads == [], "the disk is shared: nothing goes over the wire"


async def test_our_own_limit_holds(world: World):
    technician = await world.technician()
    limit = (await world.product.container.get(ChatLimit)).largest
    assert limit == 500_000_000
    await technician.sends_declared("huge.pdf", limit + 1)
    told = await technician.waits_for("Файл больше")
    assert "больше 476 МБ" in told.words.replace("\u00a0", " ")
    [row] = await world.read("SELECT state, refusal FROM submission")
    assert row == {"state": "refused", "refusal": "file_too_large"}


async def test_a_large_file_that_is_no_scan_is_in_the_summary(world: World, tmp_path: Path):
    """It was not refused at once, so it must not be passed over in silence."""
    technician = await world.technician()
    (tmp_path / "film.avi").write_bytes(b"RIFF" + os.urandom(BIG))
    await technician.sends(tmp_path / "film.avi")
    told = await technician.waits_for("film.avi", timeout=60)
    assert "Файл" in told.words
    [row] = await world.read("SELECT state, refusal FROM submission")
    assert row["state"] == "refused"
    assert row["refusal"] != "file_too_large"


async def test_a_path_that_is_not_seen_here_is_tried_again_later(world: World, tmp_path: Path):
    """The folder is not mounted under the same name: somebody can mend it, and the scan must not be lost."""
    technician = await world.technician()
    await technician.sends(scans(1)[0])
    await technician.waits_for("получен и проверен", timeout=60)
    [row] = await world.read("SELECT bot_id, remote_id FROM submission")
    file = world.sandbox.world.files.by_id(row["bot_id"], row["remote_id"])
    file.path.unlink()
    gateway = await world.product.container.get(BotGateway)
    with pytest.raises(Later) as later:
        await gateway.download(row["bot_id"], row["remote_id"], tmp_path / "x")
    assert later.value.retry_after >= 30


async def test_a_server_that_hands_over_no_paths_after_all_is_asked_over_the_wire(sqlite_url, tmp_path):
    async with open_world(sqlite_url, tmp_path, tune=local) as world:
        technician = await world.technician()
        await technician.sends(scans(1)[0])
        await technician.waits_for("получен и проверен", timeout=60)
