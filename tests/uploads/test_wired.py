"""From the page to a verdict: the page and the chat both tell, on either database."""

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientError

from tests.uploads.browsing import Visitor, change
from tests.wired.world import World, scans

IN_TIME_S = 60.0


async def settled(visitor: Visitor, files: int, within_s: float = IN_TIME_S) -> str:
    """The page when so many files have come to an end."""
    wanted = f"Файлы: {files} из "
    deadline = time.monotonic() + within_s
    while wanted not in (body := await visitor.page()):
        assert time.monotonic() < deadline, body[-3000:]
        await asyncio.sleep(0.2)
    return body


async def test_a_file_goes_through_the_page_to_a_verdict(world: World, visitor: Visitor) -> None:
    (name, sheet), _ = scans(1)
    assert "Файлов пока нет" in await visitor.page()
    await visitor.uploads(f"../../<b>{name}", sheet)
    body = await settled(visitor, 1)
    assert "принято" in body
    told = await visitor.person.waits_for("Колледж", timeout=IN_TIME_S)
    assert told
    (row,) = await world.read("SELECT source, state, name, size FROM submission")
    assert (row["source"], row["state"], row["size"]) == ("web", "checked", len(sheet))
    assert row["name"] == f"<b>{name}"
    assert list((world.folder / "spool").glob("*.part")) == []


async def cut_after(data: bytes) -> AsyncIterator[bytes]:
    """A body whose sender is gone in the middle, when what it has sent is mostly there."""
    yield data
    await asyncio.sleep(0.2)
    raise ConnectionResetError


async def quiet(visitor: Visitor, place: str) -> int:
    """Where the upload stands once the server has noticed the cut: how much had arrived is the network's affair."""
    before, now = -1, await visitor.stands(place)
    while now != before:
        await asyncio.sleep(0.15)
        before, now = now, await visitor.stands(place)
    return now


async def test_a_file_cut_at_every_tenth_arrives_whole(world: World, visitor: Visitor) -> None:
    data = b"%PDF-1.7" + os.urandom(120_000)
    place = await visitor.begins("scan.pdf", len(data))
    stands = [0]
    for tenth in range(1, 10):
        with pytest.raises((ClientError, ConnectionResetError)):
            await visitor.adds(place, stands[-1], cut_after(data[stands[-1] : len(data) * tenth // 10]))
        stands.append(await quiet(visitor, place))
        assert stands[-2] <= stands[-1] <= len(data) * tenth // 10
    assert stands[-1] > 0, "what came before a cut is kept"
    answer = await visitor.adds(place, stands[-1], data[stands[-1] :])
    assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(len(data)))
    assert await visitor.stands(place) == len(data)
    rows = await world.read("SELECT file_hash, size FROM submission")
    assert rows == [{"file_hash": hashlib.sha256(data).hexdigest(), "size": len(data)}]


async def test_a_role_taken_away_closes_the_page_at_once(world: World, visitor: Visitor) -> None:
    place = await visitor.begins("scan.pdf", 10)
    await change(world, "UPDATE membership SET revoked_at = created_at")
    assert (await visitor.http.get(visitor.base)).status == 403
    assert (await visitor.http.get(f"{visitor.base}/state")).status == 403
    assert (await visitor.adds(place, 0, b"%PDF-1.7xx")).status == 403
    assert await world.read("SELECT id FROM submission") == []


async def test_who_has_not_agreed_to_the_text_as_it_stands_is_sent_to_the_chat(world: World, visitor: Visitor) -> None:
    await change(world, "UPDATE consent SET version = 'older'")
    answer = await visitor.http.get(visitor.base)
    assert answer.status == 403
    assert "Сначала согласитесь в чате" in await answer.text()
    assert (await visitor.announces("scan.pdf", 10)).status == 403
    assert await world.read("SELECT id FROM upload") == []


async def test_a_large_file_that_cannot_be_read_is_told_in_the_chat_too(world: World, visitor: Visitor) -> None:
    """In the chat so large a file is refused before its download and told at once; one from the page is checked."""
    await visitor.uploads("large.pdf", b"%PDF-1.7" + bytes(21 << 20))
    body = await settled(visitor, 1)
    assert "PDF повреждён" in body
    told = await visitor.person.waits_for("PDF повреждён", timeout=IN_TIME_S)
    assert "large.pdf" in told.words
