"""Verdicts for those who do not wait: worked out beside, then posted.

They lie in memory: what has not been delivered when the console stops is lost, and so is what three
tries could not deliver. Whoever needs more asks and waits.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from vedette.clock import Clock
from vedette.errors import VedetteError
from vedette.outbound import OutboundRefused, Reach, check_url, post, signed
from vedette.tasks import Tasks

log = logging.getLogger(__name__)

MOST_WAITING: Final = 1_000
TIMEOUT_S: Final = 10.0
PAUSES_S: Final = (1.0, 5.0, 0.0)
"""After each try; the last one ends it."""
_AT_ONCE: Final = 16
_MOST_BYTES: Final = 65_536

Evaluate = Callable[[str], Awaitable[bytes]]
"""An id to the body that is posted under it."""


class TooManyWaiting(VedetteError):
    """So many are under way that no more are taken."""

    code = "overloaded"
    status = 503
    retry_after_s = 5.0


class Callbacks:
    """All that is under way."""

    def __init__(
        self, reach: Reach, clock: Clock, *, pauses_s: Sequence[float] = PAUSES_S,
        most: int = MOST_WAITING,
    ) -> None:  # fmt: skip
        self._pauses_s = pauses_s
        self._most = most
        self._reach = reach
        self._clock = clock
        self._tasks = Tasks()
        self._waiting = 0
        self._room = asyncio.Semaphore(_AT_ONCE)
        self.failed = 0
        """Bodies that nobody took."""

    def take(self, url: str, evaluate: Evaluate) -> str:
        """Work it out and post it; returns the id. Raises OutboundRefused, TooManyWaiting."""
        check_url(url)
        if self._waiting >= self._most:
            raise TooManyWaiting("Too many evaluations are under way. Try again shortly.")
        id = f"eval_{self._clock.span_id()}"
        self._waiting += 1
        self._tasks.spawn(self._run(id, url, evaluate), name="evaluation")
        return id

    async def close(self) -> None:
        """Drop what is under way."""
        await self._tasks.drain()

    async def _run(self, id: str, url: str, evaluate: Evaluate) -> None:
        try:
            async with self._room:
                body = await evaluate(id)
                for pause_s in self._pauses_s:
                    if await asyncio.to_thread(self._posted, id, url, body):
                        return
                    await asyncio.sleep(pause_s)
            self.failed += 1
            log.warning("verdicts %s were not taken by their receiver", id)
        finally:
            self._waiting -= 1

    def _posted(self, id: str, url: str, body: bytes) -> bool:
        """Whether it is done with: taken, or never to be."""
        headers = signed(self._reach.secret, id, self._clock.now_ns() / 1e9, body)
        try:
            reply = post(
                url, body, reach=self._reach, timeout_s=TIMEOUT_S, headers=headers,
                limit=_MOST_BYTES,
            )  # fmt: skip
        except OutboundRefused as error:
            log.warning("verdicts %s are not posted: %s", id, error.message)
            return True
        except (VedetteError, TimeoutError):
            return False
        return 200 <= reply.status < 300
