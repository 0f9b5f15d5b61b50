"""A little proxy for tests: HTTP CONNECT and SOCKS5, with a name and a password where they are wanted.

It leads every name to one machine: a server that only the proxy can find proves that nothing goes around it.
"""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

CHUNK = 1 << 16


@dataclass
class Proxy:
    """What was asked for, as `host:port`; `leads_to` is where every name really lies."""

    leads_to: tuple[str, int]
    login: tuple[str, str] | None = None
    asked: list[str] = field(default_factory=list)
    refused: int = 0
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            first = await reader.readexactly(1)
            opened = await (self.socks(reader, writer) if first == b"\x05" else self.http(first, reader, writer))
            if opened:
                await self.relay(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def http(self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (first + await reader.readuntil(b"\r\n\r\n")).decode()
        if self.login is not None:
            token = base64.b64encode(":".join(self.login).encode()).decode()
            if f"Basic {token}" not in head:
                self.refused += 1
                writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
                return False
        self.asked.append(head.split()[1])
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return True

    async def socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        methods = await reader.readexactly((await reader.readexactly(1))[0])
        wanted = 2 if self.login else 0
        if wanted not in methods:
            writer.write(b"\x05\xff")
            return False
        writer.write(bytes([5, wanted]))
        if self.login and not await self.socks_login(reader, writer):
            return False
        _version, _command, _reserved, kind = await reader.readexactly(4)
        assert kind == 3, "a name, not an address: the proxy is to resolve it"
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        port = int.from_bytes(await reader.readexactly(2), "big")
        self.asked.append(f"{host}:{port}")
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        return True

    async def socks_login(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        await reader.readexactly(1)
        name = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        password = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        known = (name, password) == self.login
        self.refused += not known
        writer.write(b"\x01\x00" if known else b"\x01\x01")
        return known

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(*self.leads_to)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(pour(reader, far_writer))
                both.create_task(pour(far_reader, writer))
        except* ConnectionError:
            pass
        finally:
            far_writer.close()


async def pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Until one side ends; then the other is told."""
    while chunk := await source.read(CHUNK):
        target.write(chunk)
        await target.drain()
    if not target.is_closing():
        target.close()


@asynccontextmanager
async def proxy(
    leads_to: int, login: tuple[str, str] | None = None, context: ssl.SSLContext | None = None
) -> AsyncIterator[Proxy]:
    """A proxy on a free port of this machine that leads everything to another of its ports; by TLS with a context."""
    made = Proxy(("127.0.0.1", leads_to), login)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=context)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        await server.wait_closed()
