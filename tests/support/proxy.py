"""Proxies on the loopback: one for HTTP that may ask for a name and a password, and a SOCKS proxy that refuses."""

from __future__ import annotations

import asyncio
import base64
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "CONTOSO\\ana", "p@ss:w/ör d"
"""Both have characters that an address has to escape."""
ESCAPED = "CONTOSO%5Cana:p%40ss%3Aw%2F%C3%B6r%20d"


@dataclass
class Proxy:
    """A proxy that is being served."""

    kind: str
    """`open`, `asks` (for the name and the password above), `refuses` (every host), or `socks`."""
    port: int = 0
    asked: list[tuple[str, bool]] = field(default_factory=list)
    """What it was asked to connect to, and whether it did."""

    @property
    def address(self) -> str:
        """Its address, without a name and a password."""
        return f"{'socks5' if self.kind == 'socks' else 'http'}://127.0.0.1:{self.port}"

    @property
    def with_credentials(self) -> str:
        """Its address, with the right name and password."""
        return self.address.replace("://", f"://{ESCAPED}@")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection."""
        try:
            if self.kind == "socks":
                await self._refuse_socks(reader, writer)
            else:
                await self._answer(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
            lines = head.split("\r\n")
            host = lines[0].split(" ")[1]
            given = next((line[len("Proxy-Authorization: Basic ") :] for line in lines if "Proxy-Auth" in line), "")
            right = base64.b64decode(given).decode() == f"{USER}:{PASSWORD}"
            let = self.kind == "open" or (self.kind == "asks" and right)
            self.asked.append((host, let))
            if let:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                return await writer.drain()  # and nobody is there: the connection ends
            status = "403 Forbidden" if self.kind == "refuses" else "407 Proxy Authentication Required"
            writer.write(
                f'HTTP/1.1 {status}\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n'.encode()
            )
            await writer.drain()
        return None

    async def _refuse_socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(2)
        self.asked.append(("", False))
        writer.write(b"\x05\xff")  # none of the offered methods is acceptable
        await writer.drain()


@contextmanager
def proxied(kind: str) -> Iterator[Proxy]:
    """Serve a proxy of `kind` until the block ends."""
    proxy, loop = Proxy(kind), asyncio.new_event_loop()
    loop.set_exception_handler(lambda loop, context: None)
    listening = socket.create_server(("127.0.0.1", 0))
    proxy.port = listening.getsockname()[1]
    thread = threading.Thread(target=_serve, args=(loop, proxy, listening), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


def _serve(loop: asyncio.AbstractEventLoop, proxy: Proxy, listening: socket.socket) -> None:
    server = loop.run_until_complete(asyncio.start_server(proxy.serve, sock=listening))
    loop.run_forever()
    server.close()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
