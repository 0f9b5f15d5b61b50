"""The way to Telegram through a proxy: http, https or socks5. Names are resolved by the proxy, never here."""

import ssl
from typing import Any
from urllib.parse import unquote, urlsplit

import aiohttp
import certifi
import python_socks
from aiogram.client.session.aiohttp import AiohttpSession
from aiohttp import ClientConnectionError, ClientSession
from aiohttp_socks import ProxyConnector, ProxyType


class ProxyAwayError(ClientConnectionError):
    """The proxy itself does not answer."""


class ProxyRefusedError(ClientConnectionError):
    """The proxy answers and does not let us through: a wrong name or password, or it cannot reach the server."""


class ProxiedSession(AiohttpSession):
    """The Bot API client's session on a connector of ours.

    The client's own proxy support lets errors out that are no ClientError, and whoever retries on a lost network would
    not know them.
    """

    def __init__(self, proxy_url: str, **more: Any) -> None:
        super().__init__(**more)
        self.proxy_url = proxy_url
        self.client: ClientSession | None = None

    async def create_session(self) -> ClientSession:
        if self.client is None or self.client.closed:
            self.client = ClientSession(connector=proxy_connector(self.proxy_url))
        return self.client

    async def close(self) -> None:
        if self.client is not None:
            await self.client.close()


class Connector(ProxyConnector):
    """Says in the client's own errors what went wrong."""

    async def _connect_via_proxy(self, *args: Any, **more: Any) -> Any:
        try:
            return await super()._connect_via_proxy(*args, **more)
        except (python_socks.ProxyConnectionError, python_socks.ProxyTimeoutError):
            raise ProxyAwayError("proxy away") from None
        except python_socks.ProxyError:
            raise ProxyRefusedError("proxy refused") from None
        except (OSError, ValueError) as error:  # a broken handshake with the server behind it, too long a password
            raise ClientConnectionError(type(error).__name__) from None


def proxy_connector(proxy_url: str) -> aiohttp.TCPConnector:
    """A connector for one address of a proxy: scheme://name:password@host:port."""
    parsed = urlsplit(proxy_url)
    trusted = ssl.create_default_context(cafile=certifi.where())
    return Connector(
        host=parsed.hostname or "",
        port=parsed.port or 0,
        proxy_type=ProxyType.SOCKS5 if parsed.scheme == "socks5" else ProxyType.HTTP,
        username=login(parsed.username) if parsed.username else None,
        password=login(parsed.password or "") if parsed.username else None,
        rdns=True,
        proxy_ssl=ssl.create_default_context() if parsed.scheme == "https" else None,
        ssl=trusted,
    )


def login(quoted: str) -> str:
    """A name or a password as it goes over the wire: UTF-8, handed to a library that would write Latin-1."""
    return unquote(quoted).encode().decode("latin-1")
