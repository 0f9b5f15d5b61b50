"""Our web server: are its ports free, or ours already, and do people reach it under the public address?"""

import json
import socket
from contextlib import closing
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.finding import Finding, fail, ok, skipped, warn
from bot.settings import MetricsSettings, WebSettings
from bot.settings_in_force import without_passwords

LIMIT = aiohttp.ClientTimeout(total=10)
OWN_LIMIT = aiohttp.ClientTimeout(total=3)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 (an address to look at, not to bind)


async def examine_web(web: WebSettings, metrics: MetricsSettings) -> list[Finding]:
    running = await is_ours(own_address(web.host, web.port))
    found = [of_port("port", web.host, web.port, "APROBOT_WEB", running=running)]
    if metrics.port:
        ours = running and await answers(own_address(metrics.host, metrics.port) + "/metrics")
        found.append(of_port("metrics", metrics.host, metrics.port, "APROBOT_METRICS", running=ours))
    return [*found, await of_public_address(web, running=running)]


def of_port(check: str, host: str, port: int, group: str, *, running: bool) -> Finding:
    values: dict[str, str | int] = {"host": host, "port": port, "group": group}
    if running:
        return Finding(check, ok(check).status, "ours", values)
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with closing(socket.socket(family)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError:
        return fail(check, "no_right", **values)
    except OSError as error:
        taken = not isinstance(error, socket.gaierror) and "in use" in str(error)
        return fail(check, "taken" if taken else "no_address", **values)
    return ok(check, **values)


async def of_public_address(web: WebSettings, *, running: bool) -> Finding:
    """Asked from here: whether the reverse proxy leads to us. From outside it may look different."""
    address = web.public_url
    values = {"address": without_passwords(address)}
    if not address:
        return warn("public", "none")
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        return fail("public", "no_tls", **values)
    if not running:
        return skipped("public", "not_running", **values)
    return await reached(address, values)


async def reached(address: str, values: dict[str, str]) -> Finding:
    try:
        async with aiohttp.ClientSession(timeout=LIMIT) as client, client.get(f"{address}/healthz") as answer:
            ours = is_health(await answer.text())
    except aiohttp.ClientSSLError:
        return fail("public", "tls", **values)
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return fail("public", "away", **values)
    return ok("public", **values) if ours else fail("public", "other", **values)


def own_address(host: str, port: int) -> str:
    name = EVERYWHERE.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


async def is_ours(address: str) -> bool:
    """True where the bot is running and answers there."""
    try:
        async with aiohttp.ClientSession(timeout=OWN_LIMIT) as client, client.get(f"{address}/healthz") as answer:
            return is_health(await answer.text())
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False


async def answers(address: str) -> bool:
    try:
        async with aiohttp.ClientSession(timeout=OWN_LIMIT) as client, client.get(address) as answer:
            return answer.status == 200
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False


def is_health(text: str) -> bool:
    try:
        return bool(json.loads(text) == {"status": "ok"})
    except ValueError:
        return False
