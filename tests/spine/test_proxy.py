"""Telegram through a proxy: every call and every file goes that way, and a proxy that fails is only a lost network."""

import asyncio
import ssl
import subprocess
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiogram.exceptions import TelegramNetworkError
from pydantic import SecretStr

from bot.make_bot import make_bot
from bot.settings import TelegramSettings
from sandbox.demo.commands import Product
from sandbox.server import running
from services.telegram.gateway import BotGateway, Later
from services.telegram.proxied import ProxyAwayError, ProxyRefusedError
from tests.planted import TOKEN
from tests.proxies import Proxy, proxy
from tests.spine.test_serve import free_port, messenger, serving, settings
from tests.system import program
from tests.wired.world import open_world, scans

NOWHERE = "http://api.invalid:8081"
"""No machine here can find it; the proxy leads it to the sandbox."""

ASKED = "api.invalid:8081"
LOGIN = ("апробот", "п@роль:1")
WRITTEN = "%D0%B0%D0%BF%D1%80%D0%BE%D0%B1%D0%BE%D1%82:%D0%BF%40%D1%80%D0%BE%D0%BB%D1%8C%3A1@"
LOGINS = {"http": (LOGIN, WRITTEN), "socks5": (("aprobot", "p@ss:1"), "aprobot:p%40ss%3A1@")}


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_the_whole_way_of_a_scan_goes_through_it(sqlite_url, tmp_path, scheme):
    opened: list[Proxy] = []
    async with a_world_behind(sqlite_url, tmp_path, scheme, opened) as world:
        technician = await world.technician()
        await technician.sends(scans(1)[0])
        await technician.waits_for("получен и проверен", timeout=60)
        assert await world.read("SELECT hash FROM file")
    assert set(opened[0].asked) == {ASKED}
    assert opened[0].refused == 0


@asynccontextmanager
async def a_world_behind(url: str, folder: Path, scheme: str, opened: list[Proxy]):
    """The product's only way to the messenger is the proxy: the address in its settings leads nowhere."""
    login, written = LOGINS[scheme]
    async with proxy(0, login) as made:
        opened.append(made)

        def behind(settings):
            made.leads_to = ("127.0.0.1", int(settings.telegram.api_url.rpartition(":")[2]))
            settings.telegram.api_url = NOWHERE
            settings.telegram.proxy = SecretStr(f"{scheme}://{written}127.0.0.1:{made.port}")

        async with open_world(url, folder, tune=behind) as world:
            yield world


async def test_the_bots_name_is_asked_through_it(sqlite_url, tmp_path):
    async with messenger() as (sandbox, _client), proxy(sandbox.port) as way:
        more = {"APROBOT_TELEGRAM__PROXY": f"socks5://127.0.0.1:{way.port}"}
        product = Product(settings(sqlite_url, tmp_path, NOWHERE, **more), tmp_path)
        said = await product.run("invites", "make", "--role", "administrator")
        assert "https://t.me/sandbox_7000000001_bot?start=" in said
        assert way.asked == [ASKED]


def a_bot(proxy_url: str, api: str = NOWHERE):
    return make_bot(TelegramSettings(token=SecretStr(TOKEN), api_url=api, proxy=SecretStr(proxy_url)))


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_is_away_or_refuses_is_told_apart_and_is_a_lost_network(tmp_path, scheme):
    async with proxy(1, LOGIN) as way:
        cases = {
            f"{scheme}://127.0.0.1:{free_port()}": ProxyAwayError,
            f"{scheme}://who:wrong@127.0.0.1:{way.port}": ProxyRefusedError,
        }
        for address, meant in cases.items():
            bot = a_bot(address)
            with pytest.raises(TelegramNetworkError) as told:
                await bot.get_me()
            assert isinstance(told.value.__cause__, meant)
            assert "wrong" not in str(told.value)
            with pytest.raises(Later):
                await BotGateway({bot.id: bot}, None).download(bot.id, "file", tmp_path / "x")
            await bot.session.close()


async def test_a_bot_whose_proxy_comes_later_goes_on_trying(sqlite_url, tmp_path):
    port = free_port()
    async with messenger() as (sandbox, client):
        more = {"APROBOT_TELEGRAM__PROXY": f"http://me:пароль-прокси@127.0.0.1:{port}"}
        async with serving(Product(settings(sqlite_url, tmp_path, NOWHERE, **more), tmp_path)) as bot:
            await asyncio.sleep(1)
            assert bot.process.returncode is None
            async with late_server(port, sandbox.port):
                await client.waits_for_bot()
            assert await bot.stop() == 0
    assert "пароль-прокси" not in (tmp_path / "bot.log").read_text()


@asynccontextmanager
async def late_server(port: int, leads_to: int):
    made = Proxy(("127.0.0.1", leads_to), ("me", "пароль-прокси"))
    server = await asyncio.start_server(made.serve, "127.0.0.1", port)
    yield made
    server.close()


def find_openssl() -> Path | None:
    return next((path for path in (Path("/usr/bin/openssl"), Path("/usr/local/bin/openssl")) if path.exists()), None)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of this machine that nobody trusts yet, and its key."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost")
    names = ("-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate)
    subprocess.run([program(find_openssl, "openssl"), *made, *names], check=True, capture_output=True)
    return certificate, key


async def test_by_tls_to_the_proxy_itself(tmp_path, monkeypatch):
    certificate, key = await asyncio.to_thread(make_certificate, tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    async with running(people=[], limits=False) as sandbox, proxy(sandbox.port, LOGIN, context) as way:
        stranger = a_bot(f"https://{WRITTEN}localhost:{way.port}")
        with pytest.raises(TelegramNetworkError):
            await stranger.get_me()
        await stranger.session.close()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        bot = a_bot(f"https://{WRITTEN}localhost:{way.port}")
        assert (await bot.get_me()).id == bot.id
        assert way.asked == [ASKED]
        await bot.session.close()


async def test_without_a_proxy_there_is_none(tmp_path):
    async with running(people=[], limits=False) as sandbox:
        bot = make_bot(TelegramSettings(token=SecretStr(TOKEN), api_url=sandbox.url))
        assert (await bot.get_me()).id == bot.id
        assert isinstance((await bot.session.create_session()).connector, aiohttp.TCPConnector)
        await bot.session.close()
