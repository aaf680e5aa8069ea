"""Access tokens of providers that take no lasting key (OAuth 2.0): fetched, kept, renewed in time.

A token is renewed when a tenth of its life is left, while calls go on with the old one; only the
first call waits. One fetch is under way at a time for each credential.
"""

import asyncio
from urllib.parse import urlsplit

from vedette.clock import Clock
from vedette.errors import VedetteError
from vedette.gateway.fetching import Fetcher
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines
from vedette.http1.headers import request_head
from vedette.ports.provider import Provider
from vedette.tasks import Tasks

_ANSWER_S = 10.0
_BYTES = 65_536
_LEAST_LEFT_S = 30.0


class TokenUnavailable(VedetteError):
    """The provider's token endpoint gives no token."""

    code = "token_unavailable"
    status = 502


class _Kept:
    __slots__ = ("expires", "fetching", "renew", "value")

    def __init__(self) -> None:
        self.value = ""
        self.expires = 0.0
        self.renew = 0.0
        self.fetching: asyncio.Task[None] | None = None


class Tokens:
    """The tokens of one worker."""

    def __init__(self, clock: Clock, fetcher: Fetcher, deadlines: Deadlines, tasks: Tasks) -> None:
        self._clock = clock
        self._fetcher = fetcher
        self._deadlines = deadlines
        self._tasks = tasks
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._pools: dict[Origin, Pool] = {}

    async def header(self, provider: Provider) -> tuple[bytes, bytes]:
        """The `authorization` header for a call now. Raises TokenUnavailable."""
        settings = provider.settings
        key = (settings.name, settings.base_url)
        kept = self._kept.setdefault(key, _Kept())
        now = self._clock.monotonic()
        if now >= kept.renew and kept.fetching is None:
            kept.fetching = self._tasks.spawn(self._fetch(provider, kept), name="access token")
        if now >= kept.expires and kept.fetching is not None:
            await asyncio.wait({kept.fetching})
        if self._clock.monotonic() >= kept.expires:
            raise TokenUnavailable(
                f"No access token for provider {settings.name!r}: check its credentials."
            )
        return b"authorization", b"Bearer " + kept.value.encode()

    async def _fetch(self, provider: Provider, kept: _Kept) -> None:
        try:
            asked = provider.token_request(self._clock.now_ns() / 1e9)
            if asked is None:
                return
            url = urlsplit(asked.url)
            path = (url.path or "/") + (f"?{url.query}" if url.query else "")
            length = (b"content-length", b"%d" % len(asked.body))
            host = (b"host", url.netloc.rpartition("@")[2].encode())
            head = request_head("POST", path.encode(), [host, *asked.headers, length])
            answer = await self._fetcher.fetch(
                self._pool(Origin.of(asked.url)), head, asked.body, seconds=_ANSWER_S, limit=_BYTES
            )
            if answer.status == 200:
                token = provider.read_token(answer.body)
                now = self._clock.monotonic()
                kept.value = token.value
                kept.expires = now + max(0.0, token.expires_in_s - _LEAST_LEFT_S)
                kept.renew = now + 0.9 * max(0.0, token.expires_in_s - _LEAST_LEFT_S)
        finally:
            kept.fetching = None

    def _pool(self, origin: Origin) -> Pool:
        pool = self._pools.get(origin)
        if pool is None:
            pool = self._pools[origin] = Pool(
                origin, max_connections=4, deadlines=self._deadlines, clock=self._clock
            )
        return pool

    def close(self) -> None:
        """Close the connections to token endpoints."""
        for pool in self._pools.values():
            pool.close()
