"""The protocol as a raw client speaks it: cut, wrong, doubled, too much, cancelled."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientError

from services.uploads.limits import LARGEST
from tests.uploads.browsing import TUS, Visitor, own
from tests.wired.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")


def part_of(world: World, place: str) -> Path:
    """Where the bytes of an upload lie until they are whole."""
    return world.folder / "spool" / f"{place.rpartition('/')[2]}.part"


def content(size: int = 120_000) -> bytes:
    """Bytes that nobody has sent before, which recognition refuses quickly."""
    return b"%PDF-1.7\n" + os.urandom(size - 9)


async def test_what_the_protocol_says_of_itself(newcomer: Visitor) -> None:
    answer = await newcomer.http.options(f"{newcomer.base}/files")
    assert answer.status == 204
    assert answer.headers["Tus-Max-Size"] == str(LARGEST) == "500000000"
    assert set(answer.headers["Tus-Extension"].split(",")) == {"creation", "termination", "expiration"}
    strange = await newcomer.http.post(
        f"{newcomer.base}/files", headers={"Upload-Length": "5", "Tus-Resumable": "0.2.2"}
    )
    assert (strange.status, strange.headers["Tus-Version"]) == (412, "1.0.0")
    made = await newcomer.announces("scan.pdf", 5)
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


async def test_hostile_announcements_get_an_answer(newcomer: Visitor) -> None:
    for headers, status in HOSTILE:
        answer = await newcomer.http.post(f"{newcomer.base}/files", headers={**TUS, "Upload-Length": "7", **headers})
        assert answer.status == status, headers


async def test_sizes_are_refused_before_any_byte(shared_world: World, newcomer: Visitor) -> None:
    large = await newcomer.announces("scan.pdf", 501_000_000)
    assert large.status == 413
    assert "больше 500 МБ" in (await large.json())["message"].replace("\u00a0", " ")
    empty = await newcomer.announces("scan.pdf", 0)
    assert empty.status == 400
    assert "пустой" in (await empty.json())["message"]
    assert await own(shared_world, newcomer, "id", "upload") == []


async def test_wrong_places_and_too_many_bytes_change_nothing(newcomer: Visitor) -> None:
    place = await newcomer.begins("scan.pdf", 10)
    ahead = await newcomer.adds(place, 4, b"x")
    assert (ahead.status, ahead.headers["Upload-Offset"]) == (409, "0")
    assert (await newcomer.adds(place, 0, b"x" * 11)).status == 400
    assert await newcomer.stands(place) == 0
    assert (await newcomer.adds(place, 0, b"%PDF")).status == 204
    assert (await newcomer.adds(place, 0, b"%PDF")).status == 409, "the same bytes twice are taken once"
    assert await newcomer.stands(place) == 4
    typed = await newcomer.http.patch(
        place, headers={**TUS, "Upload-Offset": "4", "Content-Type": "text/plain"}, data="x"
    )
    assert typed.status == 415


async def test_two_tabs_send_one_file_once(shared_world: World, newcomer: Visitor) -> None:
    data, gate = content(50_000), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield data[:20_000]
        await gate.wait()
        yield data[20_000:]

    place = await newcomer.begins("scan.pdf", len(data))
    assert await newcomer.begins("scan.pdf", len(data)) == place, "the same file is the same upload"
    async with asyncio.TaskGroup() as tabs:
        first = tabs.create_task(newcomer.adds(place, 0, slowly()))
        await asyncio.sleep(0.3)
        second = await newcomer.adds(place, 0, data)
        assert second.status == 423
        assert "в другой вкладке" in (await second.json())["message"]
        gate.set()
    assert first.result().status == 204
    late = await newcomer.adds(place, 0, data)
    assert (late.status, late.headers["Upload-Offset"]) == (409, str(len(data)))
    assert len(await own(shared_world, newcomer, "id", "submission")) == 1


async def test_a_silent_sender_does_not_hold_its_file(newcomer: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.upload.tus.SILENCE_S", 0.3)

    async def silent() -> AsyncIterator[bytes]:
        yield b"%PDF"
        await asyncio.sleep(1.5)

    place = await newcomer.begins("scan.pdf", 10)
    async with asyncio.TaskGroup() as tabs:
        tabs.create_task(lost(newcomer, place, silent()))
        await asyncio.sleep(1)
        assert (await newcomer.adds(place, 4, b"-1.7xx")).status == 204


async def lost(visitor: Visitor, place: str, body: AsyncIterator[bytes]) -> None:
    try:
        await visitor.adds(place, 0, body)
    except ClientError:
        return


async def test_a_cancelled_upload_is_gone_and_an_accepted_file_is_not(shared_world: World, newcomer: Visitor) -> None:
    place = await newcomer.begins("scan.pdf", 10)
    await newcomer.adds(place, 0, b"%PDF")
    assert (await newcomer.http.delete(place, headers=TUS)).status == 204
    for again in (
        newcomer.http.head(place, headers=TUS),
        newcomer.http.delete(place, headers=TUS),
        newcomer.adds(place, 4, b"x"),
    ):
        assert (await again).status == 404
    assert not part_of(shared_world, place).exists()
    key = await newcomer.uploads("other.pdf", content(5_000))
    assert (await newcomer.http.delete(f"{newcomer.base}/files/{key}", headers=TUS)).status == 404
    assert len(await own(shared_world, newcomer, "id", "submission")) == 1


async def test_a_full_disk_is_told_and_the_upload_goes_on_afterwards(shared_world: World, newcomer: Visitor) -> None:
    data = content(5_000)
    place = await newcomer.begins("scan.pdf", len(data))
    part = part_of(shared_world, place)
    part.symlink_to("/dev/full")
    full = await newcomer.adds(place, 0, data)
    assert full.status == 507
    assert "место на диске" in (await full.json())["message"]
    assert int(full.headers["Retry-After"]) > 0
    part.unlink()
    assert (await newcomer.adds(place, 0, data)).status == 204
    assert len(await own(shared_world, newcomer, "id", "submission")) == 1


async def test_too_much_under_way_is_answered_politely(newcomer: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.uploads.begin_upload.MOST_OPEN", 3)
    monkeypatch.setattr("services.uploads.begin_upload.MOST_SPOOLED", 1000)
    for number in range(3):
        await newcomer.begins(f"{number}.pdf", 10)
    refused = await newcomer.announces("one-more.pdf", 10)
    assert (refused.status, refused.headers["Retry-After"]) == (429, "15")
    assert (await newcomer.announces("0.pdf", 10)).status == 201, "what has begun may go on"
    monkeypatch.setattr("services.uploads.begin_upload.MOST_OPEN", 30)
    assert (await newcomer.announces("large.pdf", 990)).status == 429


NAMES = {
    "../../etc/passwd": "passwd",
    "C:\\scans\\..\\скан.pdf": "скан.pdf",
    "gpj.\u202eскан.pdf": "gpj.скан.pdf",
    "<img src=x onerror=alert(1)>.pdf": "<img src=x onerror=alert(1)>.pdf",
    "": "scan",
}


async def test_names_are_made_fit_to_show(shared_world: World, newcomer: Visitor) -> None:
    for size, name in enumerate([*NAMES, "л" * 300 + ".pdf"], start=10):
        await newcomer.begins(name, size)
    rows = await own(shared_world, newcomer, "name", "upload")
    *kept, long = [row["name"] for row in rows]
    assert kept == list(NAMES.values())
    assert len(long) <= 200
    assert long.endswith(".pdf")
    assert "<img src=x" not in await newcomer.page()
