"""The protocol as a raw client speaks it: cut, wrong, doubled, too much, cancelled."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientError

from services.uploads.limits import LARGEST
from tests.uploads.browsing import TUS, Visitor
from tests.wired.world import World


def content(size: int = 120_000) -> bytes:
    """Bytes that nobody has sent before, which recognition refuses quickly."""
    return b"%PDF-1.7\n" + os.urandom(size - 9)


async def cut_after(data: bytes) -> AsyncIterator[bytes]:
    """A body whose sender is gone in the middle."""
    yield data
    await asyncio.sleep(0.05)
    raise ConnectionResetError


async def sends_in_vain(visitor: Visitor, place: str, offset: int, data: bytes) -> None:
    with pytest.raises((ClientError, ConnectionResetError)):
        await visitor.adds(place, offset, cut_after(data))


async def eventually_stands(visitor: Visitor, place: str, wanted: int) -> None:
    """The server learns of a cut a moment later."""
    async with asyncio.timeout(10):
        while await visitor.stands(place) != wanted:
            await asyncio.sleep(0.05)


async def test_a_file_cut_at_every_tenth_arrives_whole(world: World, visitor: Visitor) -> None:
    data = content()
    place = await visitor.begins("scan.pdf", len(data))
    for tenth in range(1, 10):
        begun = await visitor.stands(place)
        await sends_in_vain(visitor, place, begun, data[begun : len(data) * tenth // 10])
        await eventually_stands(visitor, place, len(data) * tenth // 10)
    begun = await visitor.stands(place)
    answer = await visitor.adds(place, begun, data[begun:])
    assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(len(data)))
    assert await visitor.stands(place) == len(data)
    rows = await world.read("SELECT file_hash, size FROM submission")
    assert rows == [{"file_hash": hashlib.sha256(data).hexdigest(), "size": len(data)}]


async def test_what_the_protocol_says_of_itself(guest: Visitor) -> None:
    answer = await guest.http.options(f"{guest.base}/files")
    assert answer.status == 204
    assert answer.headers["Tus-Max-Size"] == str(LARGEST) == "500000000"
    assert set(answer.headers["Tus-Extension"].split(",")) == {"creation", "termination", "expiration"}
    strange = await guest.http.post(f"{guest.base}/files", headers={"Upload-Length": "5", "Tus-Resumable": "0.2.2"})
    assert (strange.status, strange.headers["Tus-Version"]) == (412, "1.0.0")
    made = await guest.announces("scan.pdf", 5)
    assert made.status == 201
    assert made.headers["Tus-Resumable"] == "1.0.0"
    assert "GMT" in made.headers["Upload-Expires"]
    assert made.headers["Referrer-Policy"] == "no-referrer"


HOSTILE = [
    ({"Upload-Length": "много"}, 400),
    ({"Upload-Length": "-5"}, 400),
    ({"Upload-Length": "٣"}, 400),
    ({"Upload-Length": "9" * 40}, 400),
    ({"Upload-Defer-Length": "1", "Upload-Length": ""}, 400),
    ({"Upload-Metadata": "filename !!!"}, 400),
    ({"Upload-Metadata": "filename " + "A" * 5000}, 400),
    ({"Upload-Metadata": "filename //4="}, 201),
    ({"Upload-Metadata": ""}, 201),
]


async def test_hostile_announcements_get_an_answer(guest: Visitor) -> None:
    for headers, status in HOSTILE:
        answer = await guest.http.post(f"{guest.base}/files", headers={**TUS, "Upload-Length": "7", **headers})
        assert answer.status == status, headers


async def test_sizes_are_refused_before_any_byte(small_world: World, guest: Visitor) -> None:
    large = await guest.announces("scan.pdf", 501_000_000)
    assert large.status == 413
    assert "больше 500 МБ" in (await large.json())["message"].replace("\u00a0", " ")
    empty = await guest.announces("scan.pdf", 0)
    assert empty.status == 400
    assert "пустой" in (await empty.json())["message"]
    assert await small_world.read("SELECT id FROM upload") == []


async def test_wrong_places_and_too_many_bytes_change_nothing(guest: Visitor) -> None:
    place = await guest.begins("scan.pdf", 10)
    ahead = await guest.adds(place, 4, b"x")
    assert (ahead.status, ahead.headers["Upload-Offset"]) == (409, "0")
    assert (await guest.adds(place, 0, b"x" * 11)).status == 400
    assert await guest.stands(place) == 0
    assert (await guest.adds(place, 0, b"%PDF")).status == 204
    assert (await guest.adds(place, 0, b"%PDF")).status == 409, "the same bytes twice are taken once"
    assert await guest.stands(place) == 4
    typed = await guest.http.patch(place, headers={**TUS, "Upload-Offset": "4", "Content-Type": "text/plain"}, data="x")
    assert typed.status == 415


async def test_two_tabs_send_one_file_once(small_world: World, guest: Visitor) -> None:
    data, gate = content(50_000), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield data[:20_000]
        await gate.wait()
        yield data[20_000:]

    place = await guest.begins("scan.pdf", len(data))
    assert await guest.begins("scan.pdf", len(data)) == place, "the same file is the same upload"
    async with asyncio.TaskGroup() as tabs:
        first = tabs.create_task(guest.adds(place, 0, slowly()))
        await asyncio.sleep(0.3)
        second = await guest.adds(place, 0, data)
        assert second.status == 423
        assert "в другой вкладке" in (await second.json())["message"]
        gate.set()
    assert first.result().status == 204
    late = await guest.adds(place, 0, data)
    assert (late.status, late.headers["Upload-Offset"]) == (409, str(len(data)))
    assert len(await small_world.read("SELECT id FROM submission")) == 1


async def test_a_silent_sender_does_not_hold_its_file(guest: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.upload.tus.SILENCE_S", 0.3)

    async def silent() -> AsyncIterator[bytes]:
        yield b"%PDF"
        await asyncio.sleep(1.5)

    place = await guest.begins("scan.pdf", 10)
    async with asyncio.TaskGroup() as tabs:
        tabs.create_task(lost(guest, place, silent()))
        await asyncio.sleep(1)
        assert (await guest.adds(place, 4, b"-1.7xx")).status == 204


async def lost(visitor: Visitor, place: str, body: AsyncIterator[bytes]) -> None:
    try:
        await visitor.adds(place, 0, body)
    except ClientError:
        return


async def test_a_cancelled_upload_is_gone_and_an_accepted_file_is_not(small_world: World, guest: Visitor) -> None:
    place = await guest.begins("scan.pdf", 10)
    await guest.adds(place, 0, b"%PDF")
    assert (await guest.http.delete(place, headers=TUS)).status == 204
    for again in (
        guest.http.head(place, headers=TUS),
        guest.http.delete(place, headers=TUS),
        guest.adds(place, 4, b"x"),
    ):
        assert (await again).status == 404
    assert list((small_world.folder / "spool").glob("*.part")) == []
    key = await guest.uploads("other.pdf", content(5_000))
    assert (await guest.http.delete(f"{guest.base}/files/{key}", headers=TUS)).status == 404
    assert len(await small_world.read("SELECT id FROM submission")) == 1


async def test_a_full_disk_is_told_and_the_upload_goes_on_afterwards(small_world: World, guest: Visitor) -> None:
    data = content(5_000)
    place = await guest.begins("scan.pdf", len(data))
    part = small_world.folder / "spool" / f"{place.rpartition('/')[2]}.part"
    part.symlink_to("/dev/full")
    full = await guest.adds(place, 0, data)
    assert full.status == 507
    assert "место на диске" in (await full.json())["message"]
    assert int(full.headers["Retry-After"]) > 0
    part.unlink()
    assert (await guest.adds(place, 0, data)).status == 204
    assert len(await small_world.read("SELECT id FROM submission")) == 1


async def test_too_much_under_way_is_answered_politely(guest: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.uploads.begin_upload.MOST_OPEN", 3)
    monkeypatch.setattr("services.uploads.begin_upload.MOST_SPOOLED", 1000)
    for number in range(3):
        await guest.begins(f"{number}.pdf", 10)
    refused = await guest.announces("one-more.pdf", 10)
    assert (refused.status, refused.headers["Retry-After"]) == (429, "15")
    assert (await guest.announces("0.pdf", 10)).status == 201, "what has begun may go on"
    monkeypatch.setattr("services.uploads.begin_upload.MOST_OPEN", 30)
    assert (await guest.announces("large.pdf", 990)).status == 429


NAMES = {
    "../../etc/passwd": "passwd",
    "C:\\scans\\..\\скан.pdf": "скан.pdf",
    "gpj.\u202eскан.pdf": "gpj.скан.pdf",
    "<img src=x onerror=alert(1)>.pdf": "<img src=x onerror=alert(1)>.pdf",
    "": "scan",
}


async def test_names_are_made_fit_to_show(small_world: World, guest: Visitor) -> None:
    for size, name in enumerate([*NAMES, "л" * 300 + ".pdf"], start=10):
        await guest.begins(name, size)
    rows = await small_world.read("SELECT name FROM upload ORDER BY id")
    *kept, long = [row["name"] for row in rows]
    assert kept == list(NAMES.values())
    assert len(long) <= 200
    assert long.endswith(".pdf")
    assert "<img src=x" not in await guest.page()
