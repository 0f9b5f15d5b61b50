"""Who gets in: by a link that we signed, with the rights of that moment, or by Telegram's word. Never a 5xx."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st

from bot.providers.foundation import Bots
from services.telegram.init_data import InitData, WrongInitData
from services.uploads.link import BROKEN, EXPIRED, Grant, UploadLinks, WrongLink
from tests.planted import TOKEN
from tests.uploads.browsing import TUS, Visitor, base_of, change, grant_of, visitor_of
from tests.wired.world import World

NOW = datetime(2026, 8, 27, 12, 0, tzinfo=UTC)
LINKS = UploadLinks(b"s" * 32, "https://scans.example.org/")
GRANT = Grant(7, 3, 123_456, 900_001, NOW + timedelta(days=1))


def signed(now: datetime = NOW, **changes: str) -> str:
    """Init data as Telegram signs it."""
    said = {"auth_date": str(int(now.timestamp())), "user": json.dumps({"id": 42, "first_name": "Пётр"}), **changes}
    reader = InitData(TOKEN)
    return "&".join(f"{name}={quote(value)}" for name, value in {**said, "hash": reader.signature(said)}.items())


def test_a_link_is_read_as_it_was_made() -> None:
    address = LINKS.link(7, 3, 123_456, 900_001, GRANT.expires)
    assert address is not None
    assert address.startswith("https://scans.example.org/upload/")
    assert LINKS.read(address.rpartition("/")[2], NOW) == GRANT
    assert UploadLinks(b"s", "").link(7, 3, 1, 2, NOW) is None
    assert LINKS.app(3) == "https://scans.example.org/app?college=3"
    assert UploadLinks(b"s", "http://127.0.0.1:8080").app(3) is None, "Telegram opens https only"


def test_a_link_ends_and_another_key_opens_nothing() -> None:
    token = LINKS.token(GRANT)
    for links, now, why in ((LINKS, GRANT.expires, EXPIRED), (UploadLinks(b"other", ""), NOW, BROKEN)):
        with pytest.raises(WrongLink) as wrong:
            links.read(token, now)
        assert wrong.value.why == why


@given(st.integers(0, 70), st.sampled_from("ABCdef012-_"))
def test_no_letter_of_a_link_can_be_changed(place: int, letter: str) -> None:
    token = LINKS.token(GRANT)
    forged = token[:place] + letter + token[place + 1 :]
    if forged != token:
        with pytest.raises(WrongLink):
            LINKS.read(forged, NOW)


@given(st.text() | st.text("AZaz09-_", min_size=71, max_size=71))
def test_garbage_is_no_link(garbage: str) -> None:
    with pytest.raises(WrongLink):
        LINKS.read(garbage, NOW)


async def test_wrong_links_get_a_page_that_says_where_to_get_another(small_world: World, guest: Visitor) -> None:
    expired = await base_of(small_world, await grant_of(small_world, guest.person, expires=NOW - timedelta(days=900)))
    foreign = await base_of(small_world, await grant_of(small_world, guest.person, participation_id=2))
    nobody = await base_of(small_world, await grant_of(small_world, guest.person, person_id=999))
    unknown = await base_of(small_world, await grant_of(small_world, guest.person, participation_id=999))
    cut = guest.base[:-10]
    for address, status, words in (
        (expired, 410, "Срок ссылки закончился"),
        (foreign, 403, "Ссылка больше не действует"),
        (nobody, 403, "Ссылка больше не действует"),
        (unknown, 403, "Ссылка больше не действует"),
        (cut, 403, "Ссылка не открывается"),
        (f"{guest.origin}/upload/{quote('<b>«x»')}", 403, "Ссылка не открывается"),
    ):
        answer = await guest.http.get(address)
        assert (answer.status, words in await answer.text()) == (status, True), address
        assert (await guest.http.post(f"{address}/files", headers={**TUS, "Upload-Length": "5"})).status == status
    english = await guest.http.get(cut, headers={"Accept-Language": "en-GB,en"})
    assert "This link does not open" in await english.text()


async def test_a_role_taken_away_closes_the_page_at_once(world: World, visitor: Visitor) -> None:
    place = await visitor.begins("scan.pdf", 10)
    await change(world, "UPDATE membership SET revoked_at = created_at")
    assert (await visitor.http.get(visitor.base)).status == 403
    assert (await visitor.http.get(f"{visitor.base}/state")).status == 403
    assert (await visitor.adds(place, 0, b"%PDF-1.7xx")).status == 403
    assert await world.read("SELECT id FROM submission") == []


async def test_nobody_sees_or_touches_another_persons_files(small_world: World, guest: Visitor) -> None:
    place = await guest.begins("secret-name.pdf", 10)
    async with visitor_of(small_world, await small_world.technician("Второй")) as other:
        assert "secret-name" not in await other.page()
        theirs = place.replace(guest.base, other.base)
        assert (await other.http.head(theirs, headers=TUS)).status == 404
        assert (await other.adds(theirs, 0, b"x")).status == 404
        assert (await other.http.delete(theirs, headers=TUS)).status == 404
        await guest.adds(place, 0, b"%PDF-1.7xx")
        assert (await other.http.get(f"{other.base}/pages/1/1")).status == 404
    assert len(await small_world.read("SELECT id FROM submission")) == 1


async def test_the_address_is_a_key_and_is_told_to_nobody(guest: Visitor) -> None:
    answer = await guest.http.get(guest.base)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    body = await answer.text()
    assert "http://" not in body.replace("http://www.w3.org", "")
    assert "https://" not in body


async def test_telegrams_word_opens_the_page_of_the_college(small_world: World, guest: Visitor) -> None:
    user = json.dumps({"id": guest.person.id})
    now = datetime.now(UTC)
    door = f"{guest.origin}/app"
    assert "telegram" not in (await (await guest.http.get(door)).text()).lower().replace("telegram не", "")
    entered = await guest.http.post(f"{door}/enter?college=1", data=signed(now, user=user))
    assert entered.status == 200
    ((college, address),) = [(one["college"], one["address"]) for one in await entered.json()]
    assert college == "Колледж связи № 7"
    assert (await guest.http.get(f"{guest.origin}{address}")).status == 200
    foreign = await guest.http.post(f"{door}/enter?college=2", data=signed(now, user=user))
    assert [one["college"] for one in await foreign.json()] == ["Колледж связи № 7"], "only one's own college"
    stranger = await guest.http.post(f"{door}/enter", data=signed(now, user=json.dumps({"id": 777})))
    assert stranger.status == 403
    (bot_id,) = await small_world.product.container.get(Bots)
    assert bot_id


async def test_garbage_at_the_door_gets_4xx(guest: Visitor) -> None:
    now = datetime.now(UTC)
    user = json.dumps({"id": guest.person.id})
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
        answer = await guest.http.post(f"{guest.origin}/app/enter?college=%D9%A3", data=body)
        assert 400 <= answer.status < 500, body[:40]


def test_good_init_data_names_its_user() -> None:
    assert InitData(TOKEN).read(signed(), NOW).id == 42


@given(st.text() | st.lists(st.tuples(st.text(), st.text())).map(lambda pairs: "&".join("=".join(p) for p in pairs)))
def test_no_garbage_is_taken_for_telegrams_word(garbage: str) -> None:
    with pytest.raises(WrongInitData):
        InitData(TOKEN).read(garbage, NOW)


@given(st.integers(0, 250), st.characters())
def test_no_letter_of_telegrams_word_can_be_changed(place: int, letter: str) -> None:
    good = signed()
    place %= len(good)
    forged = good[:place] + letter + good[place + 1 :]
    try:
        assert InitData(TOKEN).read(forged, NOW).id == 42, "at most another spelling of the same word"
    except WrongInitData:
        return


async def test_strange_addresses_and_methods_get_4xx(small_world: World) -> None:
    origin = f"http://127.0.0.1:{small_world.product.port}"
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
