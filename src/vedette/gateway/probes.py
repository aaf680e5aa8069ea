"""Signs of life that nobody is billed for.

A target of a route with several targets is known to be dead or alive without waiting for a call to
find out. One that was seen answering lately needs no probe. One that rests after failures is asked
for its model list; any answer but a 5xx brings it back to half-open. Of the others, that nobody has
asked for a while, only the port is tried.
"""

import asyncio
from collections.abc import Callable, Iterable

from vedette.clock import Clock
from vedette.gateway.directory import Directory, Upstream
from vedette.gateway.fetching import Fetcher
from vedette.gateway.health import TargetHealth
from vedette.http1.client import UpstreamError
from vedette.http1.headers import request_head

EVERY_S = 2.0
QUIET_S = 5.0
"""A target not seen for so long is probed."""
_ANSWER_S = 2.0
_BYTES = 1_048_576


class Prober:
    """The probes of one worker."""

    def __init__(self, clock: Clock, fetcher: Fetcher) -> None:
        self._clock = clock
        self._fetcher = fetcher

    async def run(self, directory: Callable[[], Directory]) -> None:
        """Probe for ever; the directory is asked for anew each time."""
        while True:
            await asyncio.sleep(EVERY_S)
            await self.round(directory())

    async def round(self, directory: Directory) -> None:
        """Probe once whoever needs it, all at once."""
        now = self._clock.monotonic()
        due = []
        for upstream, targets in watched(directory):
            resting = any(target.state(now) != "closed" for target in targets)
            if resting or now - max(target.last_seen for target in targets) > QUIET_S:
                due.append(self._probe(upstream, targets, listing=resting))
        if due:
            await asyncio.gather(*due)

    async def is_alive(self, upstream: Upstream, *, listing: bool = True) -> bool:
        """Whether the provider answers a question that costs nothing."""
        if not listing:
            return await self._connects(upstream)
        call = upstream.provider.prepare(method="GET", path="/models", query="", headers=[])
        head = request_head(call.method, call.target, call.headers)
        answer = await self._fetcher.fetch(upstream.pool, head, seconds=_ANSWER_S, limit=_BYTES)
        return 0 < answer.status < 500

    async def _probe(
        self, upstream: Upstream, targets: Iterable[TargetHealth], *, listing: bool
    ) -> None:
        alive = await self.is_alive(upstream, listing=listing)
        now = self._clock.monotonic()
        for target in targets:
            target.probed(now, alive=alive)

    async def _connects(self, upstream: Upstream) -> bool:
        """An idle connection will do, else one is opened and kept for the next call."""
        if upstream.pool.stats.idle:
            return True
        try:
            connection = await upstream.pool.open(_ANSWER_S)
        except UpstreamError as error:
            # A full pool is busy, not dead.
            return error.code == "pool_exhausted"
        # Should it be closed before its first use, that is no fault of the call that takes it.
        connection.reused = True
        upstream.pool.give_back(connection)
        return True


def watched(directory: Directory) -> list[tuple[Upstream, list[TargetHealth]]]:
    """The providers of routes with several targets, each with the health of its targets there."""
    found: dict[str, tuple[Upstream, list[TargetHealth]]] = {}
    for plan in directory.route_plans():
        if len(plan.targets) < 2:
            continue
        for target in plan.targets:
            upstream = target.upstream
            _, healths = found.setdefault(upstream.name, (upstream, []))
            if target.health not in healths:
                healths.append(target.health)
    return list(found.values())
