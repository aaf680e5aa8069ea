"""Small POSTs of our own to receivers that users name: webhooks of alerts.

An address that resolves into a private network, or to this machine, is refused unless that is
allowed: whoever may set a webhook could otherwise speak to what only we can reach. The addresses
of cloud metadata (169.254.0.0/16, fe80::/10) are always refused.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from vedette import __version__
from vedette.clock import Clock
from vedette.gateway.fetching import Fetcher
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines
from vedette.http1.headers import request_head
from vedette.ports.alerts import Answer, NotDelivered

_WAIT_S = 15.0
_RESOLVE_S = 5.0
_MOST_BYTES = 65_536


class Poster:
    """`ports.alerts.Post`. Start it in a running loop."""

    def __init__(self, clock: Clock, *, allows_private: Callable[[], bool]) -> None:
        self._clock = clock
        self._allows_private = allows_private
        self._deadlines = Deadlines(clock)
        self._fetcher = Fetcher(clock, self._deadlines)

    def start(self) -> None:
        self._deadlines.start()

    def stop(self) -> None:
        self._deadlines.stop()

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        split = urlsplit(url)
        await self._check(split.hostname or "", Origin.of(url).port)
        pool = Pool(Origin.of(url), max_connections=1, deadlines=self._deadlines, clock=self._clock)
        fields = [
            (b"host", split.netloc.rpartition("@")[2].encode()),
            (b"user-agent", f"Vedette/{__version__}".encode()),
            (b"content-type", b"application/json"),
            (b"accept-encoding", b"identity"),
            *((name.encode(), value.encode()) for name, value in headers.items()),
            (b"content-length", str(len(body)).encode()),
        ]
        target = f"{split.path or '/'}{'?' if split.query else ''}{split.query}"
        try:
            fetched = await self._fetcher.fetch(
                pool, request_head("POST", target.encode(), fields), body,
                seconds=_WAIT_S, limit=_MOST_BYTES,
            )  # fmt: skip
        finally:
            pool.close()
        if not fetched.status:
            raise NotDelivered("The receiver does not answer.")
        return Answer(fetched.status, fetched.body, fetched.retry_after)

    async def _check(self, host: str, port: int) -> None:
        """Raises NotDelivered where the host has no address, or one that is out of bounds."""
        loop = asyncio.get_running_loop()
        try:
            found = await asyncio.wait_for(
                loop.getaddrinfo(host, port, type=socket.SOCK_STREAM), _RESOLVE_S
            )
        except (OSError, TimeoutError, UnicodeError):
            raise NotDelivered("The name of the receiver does not resolve.") from None
        for *_, address in found:
            refused = refusal(str(address[0]), allows_private=self._allows_private())
            if refused:
                raise NotDelivered(refused, is_final=True)


def refusal(address: str, *, allows_private: bool) -> str:
    """Why nothing is sent to this address; empty where something may be."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        return "The receiver has an address that nothing is sent to."
    if not ip.is_global and not allows_private:
        return "The receiver is in a private network. Allow that with `alerts.private_receivers`."
    return ""
