"""Notices on their way: tried until the receiver has them, or for a day.

They lie in the records until then, so a restart loses none. Tries are 10 s, 20 s, 40 s ... apart,
at most an hour, or as long as the receiver asks.
"""

import asyncio
import logging
from collections.abc import Callable

from msgspec.structs import replace

from vedette.alerts.book import Book, Waiting
from vedette.clock import Clock
from vedette.errors import Conflict, NotFound, VedetteError
from vedette.model.alert import Told
from vedette.ports.alerts import Channel, NotDelivered

log = logging.getLogger(__name__)

_S = 10**9
_FIRST_S = 10.0
_LONGEST_S = 3_600.0
_GIVE_UP_NS = 86_400 * _S
_MOST_AT_ONCE = 8
_MOST_TOLD = 20

Open = Callable[[str, str], Channel]
"""Project and name of a channel -> the channel. Raises VedetteError where there is none."""


class Deliveries:
    """The queue of all channels of all projects."""

    def __init__(self, book: Book, open_channel: Open, clock: Clock) -> None:
        self._book = book
        self._open = open_channel
        self._clock = clock
        self.failed = 0
        """Notices that were given up."""

    async def flush(self, project_id: str) -> int:
        """Try what is due; how many were taken. Raises StoreError."""
        now_ns = self._clock.now_ns()
        waiting = await asyncio.to_thread(self._book.waiting, project_id)
        due = [one for one in waiting if one[2].next_ns <= now_ns]
        room = asyncio.Semaphore(_MOST_AT_ONCE)

        async def attempt(id: str, version: int, one: Waiting) -> bool:
            async with room:
                return await self._attempt(project_id, id, version, one)

        return sum(await asyncio.gather(*(attempt(*one) for one in due)))

    async def _attempt(self, project_id: str, id: str, version: int, one: Waiting) -> bool:
        problem: NotDelivered | None = None
        try:
            channel = await asyncio.to_thread(self._open, project_id, one.channel)
            await channel.send(one.notice)
        except NotDelivered as error:
            problem = error
        except VedetteError as error:
            problem = NotDelivered(error.message, is_final=True)
        except Exception as error:
            log.error("channel %r failed: %s", one.channel, type(error).__name__, exc_info=error)
            problem = NotDelivered(f"The channel failed ({type(error).__name__}).")
        await asyncio.to_thread(self._note, project_id, (id, version, one), problem)
        return problem is None

    def _note(
        self, project_id: str, entry: tuple[str, int, Waiting], problem: NotDelivered | None
    ) -> None:
        id, version, one = entry
        now_ns = self._clock.now_ns()
        is_old = now_ns - one.notice.at_ns >= _GIVE_UP_NS
        try:
            if problem is None or problem.is_final or is_old:
                self._book.done(project_id, id, version=version)
            else:
                attempts = one.attempts + 1
                wait_s = max(min(_FIRST_S * 2**one.attempts, _LONGEST_S), problem.retry_after_s)
                later = replace(one, attempts=attempts, next_ns=now_ns + round(wait_s * _S))
                self._book.put_off(project_id, id, later, version=version)
        except (Conflict, NotFound):
            return
        if problem is not None and (problem.is_final or is_old):
            self.failed += 1
            log.error("channel %r was not told of an alert: %s", one.channel, problem.message)
        if problem is None or one.attempts == 0 or problem.is_final or is_old:
            self._tell(one, now_ns, problem)

    def _tell(self, one: Waiting, now_ns: int, problem: NotDelivered | None) -> None:
        """Write on the alerts that their channel was told, or why not."""
        for line in one.notice.lines:
            told = Told(
                at_ns=now_ns, channel=one.channel, happening=line.happening, ok=problem is None,
                detail="" if problem is None else problem.message,
            )  # fmt: skip
            try:
                alert, version, is_open = self._book.alert(line.alert.project_id, line.alert.id)
                alert = replace(alert, told=(*alert.told, told)[-_MOST_TOLD:])
                write = self._book.write if is_open else self._book.rewrite_past
                write(alert, version=version)
            except (Conflict, NotFound):
                # Somebody changed it meanwhile; what he did counts more than this note.
                continue
