"""Who gets in: by a link that we signed, with the rights of that moment, or by Telegram's word. Never a 5xx."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from aiohttp import ClientSession

from tests.uploads.browsing import TUS, Visitor, base_of, grant_of, own, visitor_of
from tests.uploads.signing import signed
from tests.wired.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = datetime(2026, 8, 27, 12, 0, tzinfo=UTC)


async def test_wrong_links_get_a_page_that_says_where_to_get_another(shared_world: World, newcomer: Visitor) -> None:
    expired = await base_of(
        shared_world, await grant_of(shared_world, newcomer.person, expires=NOW - timedelta(days=900))
    )
    foreign = await base_of(shared_world, await grant_of(shared_world, newcomer.person, participation_id=2))
    nobody = await base_of(shared_world, await grant_of(shared_world, newcomer.person, person_id=999))
    unknown = await base_of(shared_world, await grant_of(shared_world, newcomer.person, participation_id=999))
    cut = newcomer.base[:-10]
    for address, status, words in (
        (expired, 410, "Срок ссылки закончился"),
        (foreign, 403, "Ссылка больше не действует"),
        (nobody, 403, "Ссылка больше не действует"),
        (unknown, 403, "Ссылка больше не действует"),
        (cut, 403, "Ссылка не открывается"),
        (f"{newcomer.origin}/upload/{quote('<b>«x»')}", 403, "Ссылка не открывается"),
    ):
        answer = await newcomer.http.get(address)
        assert (answer.status, words in await answer.text()) == (status, True), address
        assert (await newcomer.http.post(f"{address}/files", headers={**TUS, "Upload-Length": "5"})).status == status
    english = await newcomer.http.get(cut, headers={"Accept-Language": "en-GB,en"})
    assert "This link does not open" in await english.text()


async def test_nobody_sees_or_touches_another_persons_files(shared_world: World, newcomer: Visitor) -> None:
    place = await newcomer.begins("secret-name.pdf", 10)
    async with visitor_of(shared_world, await shared_world.technician("Второй")) as other:
        assert "secret-name" not in await other.page()
        theirs = place.replace(newcomer.base, other.base)
        assert (await other.http.head(theirs, headers=TUS)).status == 404
        assert (await other.adds(theirs, 0, b"x")).status == 404
        assert (await other.http.delete(theirs, headers=TUS)).status == 404
        await newcomer.adds(place, 0, b"%PDF-1.7xx")
        assert (await other.http.get(f"{other.base}/pages/1/1")).status == 404
    assert len(await own(shared_world, newcomer, "id", "submission")) == 1


async def test_the_address_is_a_key_and_is_told_to_nobody(newcomer: Visitor) -> None:
    answer = await newcomer.http.get(newcomer.base)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    body = await answer.text()
    assert "http://" not in body.replace("http://www.w3.org", "")
    assert "https://" not in body


async def test_telegrams_word_opens_the_page_of_the_college(shared_world: World, newcomer: Visitor) -> None:
    user = json.dumps({"id": newcomer.person.id})
    now = datetime.now(UTC)
    door = f"{newcomer.origin}/app"
    assert "telegram" not in (await (await newcomer.http.get(door)).text()).lower().replace("telegram не", "")
    entered = await newcomer.http.post(f"{door}/enter?college=1", data=signed(now, user=user))
    assert entered.status == 200
    ((college, address),) = [(one["college"], one["address"]) for one in await entered.json()]
    assert college == "Колледж связи № 7"
    assert (await newcomer.http.get(f"{newcomer.origin}{address}")).status == 200
    foreign = await newcomer.http.post(f"{door}/enter?college=2", data=signed(now, user=user))
    assert [one["college"] for one in await foreign.json()] == ["Колледж связи № 7"], "only one's own college"
    stranger = await newcomer.http.post(f"{door}/enter", data=signed(now, user=json.dumps({"id": 777})))
    assert stranger.status == 403


async def test_garbage_at_the_door_gets_4xx(newcomer: Visitor) -> None:
    now = datetime.now(UTC)
    user = json.dumps({"id": newcomer.person.id})
    good = signed(now, user=user)
    wrong = [
        b"",
        b"\xff\xfe\x00",
        b"hash=" + b"\xd0\x9f" * 40,
        good.encode() + b"&user=x",
        good.replace("hash=", "hash=0").encode(),
        signed(now - timedelta(days=2), user=user).encode(),
        signed(now + timedelta(hours=1), user=user).encode(),
        signed(now, user="[" * 900).encode(),
        signed(now, user='{"id": true}').encode(),
        b"a=b&" * 100_000,
        b"x" * 1_040_000,
    ]
    for body in wrong:
        answer = await newcomer.http.post(f"{newcomer.origin}/app/enter?college=%D9%A3", data=body)
        assert 400 <= answer.status < 500, body[:40]


async def test_strange_addresses_and_methods_get_4xx(shared_world: World) -> None:
    origin = f"http://127.0.0.1:{shared_world.product.port}"
    async with ClientSession() as http:
        for method, path in (
            ("GET", "/upload/static/../../settings.py"),
            ("GET", "/upload/static/%2e%2e%2fdesk.py"),
            ("GET", "/upload/static/none.js"),
            ("PUT", "/app"),
            ("POST", "/upload/x"),
            ("GET", "/upload/x/pages/1/99999999"),
        ):
            answer = await http.request(method, f"{origin}{path}")
            assert 400 <= answer.status < 500, path
        served = await http.get(f"{origin}/upload/static/page.js")
        assert served.status == 200
        assert "javascript" in served.content_type
