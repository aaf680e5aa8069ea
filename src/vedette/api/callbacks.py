"""Verdicts for those who do not wait: worked out beside, then posted.

What was taken lies in the records, encrypted, until its receiver has the verdicts: a restart or a
crash loses none. First the texts lie there, then the verdicts on them, so that every try posts the
same under the same id; a receiver that gets it twice knows it by that. Tries are 1 s, 2 s, 4 s ...
apart, at most an hour, or as long as the receiver asks, for a day. Texts that could not be
evaluated in three lives of the process get an error as their verdict.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import msgspec
from msgspec.structs import replace

from vedette.access.envelope import Envelope, seal, unseal
from vedette.clock import Clock
from vedette.errors import Conflict, NotFound, StoreError, VedetteError
from vedette.model.audit import SYSTEM, Actor
from vedette.model.tenant import DEFAULT
from vedette.outbound import OutboundRefused, Reach, check_url, post, signed
from vedette.ports.audit import acting
from vedette.ports.stores import Record, Records
from vedette.tasks import Tasks, Troubles

log = logging.getLogger(__name__)

KIND: Final = "guard_callback"
MOST_WAITING: Final = 1_000
MOST_WAITING_BYTES: Final = 256 * 1_048_576
TIMEOUT_S: Final = 10.0
_FIRST_S: Final = 1.0
_LONGEST_S: Final = 3_600.0
_GIVE_UP_NS: Final = 86_400 * 10**9
_AFTER_TROUBLE_NS: Final = 60 * 10**9
_MOST_LOOKS: Final = 3
_AT_ONCE: Final = 8
_MOST_BYTES: Final = 65_536
_PAGE: Final = 100
_S: Final = 10**9
_AGAIN: Final = frozenset({408, 409, 423, 425, 429})

Evaluate = Callable[[str, bytes], Awaitable[bytes]]
"""An id and what was asked to the body that is posted under it. Never raises our errors."""


class TooManyWaiting(VedetteError):
    """So many are under way that no more are taken."""

    code = "overloaded"
    status = 503
    retry_after_s = 5.0


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """One that is under way, as it lies in the records."""

    url: bytes
    content: bytes
    """What was asked, then what is posted. This and the address as an `Envelope`, in JSON."""
    is_evaluated: bool = False
    looks: int = 0
    attempts: int = 0
    next_ns: int = 0
    taken_ns: int
    actor: Actor = SYSTEM


class Callbacks:
    """All that is under way. Start it in a running loop; what is taken starts it, too."""

    def __init__(
        self, reach: Callable[[], Reach], clock: Clock, *, records: Records, key: bytes,
        evaluate: Evaluate, first_s: float = _FIRST_S, most: int = MOST_WAITING,
        troubles: Troubles | None = None,
    ) -> None:  # fmt: skip
        """`key` has 32 bytes."""
        self._reach = reach
        self._clock = clock
        self._records = records
        self._key = key
        self._evaluate = evaluate
        self._first_s = first_s
        self._most = most
        self._tasks = Tasks(troubles)
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="callbacks")
        self._due: dict[str, int] = {}
        """When each is tried next; those that are tried now are not among them."""
        self._sizes: dict[str, int] = {}
        self._changed = asyncio.Event()
        self._runs = False
        self.failed = 0
        """Bodies that nobody took."""

    @property
    def waiting(self) -> int:
        """How many are under way."""
        return len(self._sizes)

    async def start(self) -> None:
        """Go on with what is left of earlier times."""
        if not self._runs:
            self._runs = True
            self._tasks.keep(self._run, name="callbacks")

    async def take(self, url: str, asked: bytes) -> str:
        """Keep it, to be worked out and posted; returns the id.

        Raises OutboundRefused, TooManyWaiting or StoreError.
        """
        check_url(url)
        room = MOST_WAITING_BYTES - sum(self._sizes.values()) - len(asked)
        if len(self._sizes) >= self._most or room < 0:
            raise TooManyWaiting("Too many evaluations are under way. Try again shortly.")
        await self.start()
        id = f"eval_{self._clock.span_id()}"
        now_ns = self._clock.now_ns()
        waiting = Waiting(
            url=self._seal(id, "url", url.encode()), content=self._seal(id, "asked", asked),
            next_ns=now_ns, taken_ns=now_ns, actor=acting.get(),
        )  # fmt: skip
        self._sizes[id] = len(asked)
        try:
            await asyncio.to_thread(self._put, id, waiting, 0)
        except BaseException:
            self._sizes.pop(id, None)
            raise
        self._wake(id, now_ns)
        return id

    async def close(self) -> None:
        """Stop; what is under way goes on the next time."""
        await self._tasks.drain()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self) -> None:
        await self._recall()
        room = asyncio.Semaphore(_AT_ONCE)
        while True:
            now_ns = self._clock.now_ns()
            for id in [id for id, next_ns in self._due.items() if next_ns <= now_ns]:
                del self._due[id]
                await room.acquire()
                task = self._tasks.spawn(self._try(id), name="callback")
                task.add_done_callback(lambda _: room.release())
            wait_s = min(self._due.values(), default=now_ns + 60 * _S) - self._clock.now_ns()
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), max(wait_s / _S, 0.0))
            except TimeoutError:
                continue

    async def _recall(self) -> None:
        after = told = ""
        while True:
            try:
                found = await asyncio.to_thread(
                    self._records.list, DEFAULT, KIND, after_id=after, limit=_PAGE
                )
            except StoreError as error:
                if error.message != told:
                    log.warning("callbacks wait: %s", error.message)
                told = error.message
                await asyncio.sleep(self._first_s)
                continue
            for record in found:
                if record.id not in self._sizes:
                    self._take_up(record)
            if len(found) < _PAGE:
                return
            after = found[-1].id

    def _take_up(self, record: Record) -> None:
        try:
            waiting = msgspec.convert(record.body, Waiting)
        except msgspec.ValidationError:
            log.error("callback %s is damaged and is left out", record.id)
            return
        self._sizes[record.id] = len(waiting.content)
        self._due[record.id] = waiting.next_ns

    async def _try(self, id: str) -> None:
        """As `_go_on`; one that fails in an unforeseen way waits for its next time, too."""
        is_told = False
        with self._tasks.troubles.noted("posting of verdicts"):
            await self._go_on(id)
            is_told = True
        if not is_told:
            self._wake(id, self._clock.now_ns() + _AFTER_TROUBLE_NS)

    async def _go_on(self, id: str) -> None:
        """One look or one post, or both; then it is done with, or waits for the next time."""
        try:
            record = await asyncio.to_thread(self._records.get, DEFAULT, KIND, id)
            if record is None:
                self._sizes.pop(id, None)
                return
            acting.set(msgspec.convert(record.body, Waiting).actor)
            record = await self._evaluated(record)
            await self._deliver(record)
        except (Conflict, NotFound):
            self._sizes.pop(id, None)
        except StoreError as error:
            log.warning("callback %s waits: %s", id, error.message)
            self._wake(id, self._clock.now_ns() + 10 * _S)
        except VedetteError as error:
            # Nothing opens it any more.
            self.failed += 1
            log.error("callback %s is given up: %s", id, error.message)
            await asyncio.to_thread(self._forget, id)

    async def _evaluated(self, record: Record) -> Record:
        """With the verdicts; they are kept before anybody gets them."""
        waiting = msgspec.convert(record.body, Waiting)
        if waiting.is_evaluated:
            return record
        id = record.id
        asked = self._open(id, "asked", waiting.content)
        if waiting.looks >= _MOST_LOOKS:
            body = msgspec.json.encode({"id": id, "error": "The texts could not be evaluated."})
        else:
            waiting = replace(waiting, looks=waiting.looks + 1)
            record = await asyncio.to_thread(self._put, id, waiting, record.version)
            body = await self._evaluate(id, asked)
        waiting = replace(
            waiting, is_evaluated=True, content=self._seal(id, "verdicts", body)
        )  # fmt: skip
        return await asyncio.to_thread(self._put, id, waiting, record.version)

    async def _deliver(self, record: Record) -> None:
        id, waiting = record.id, msgspec.convert(record.body, Waiting)
        url = self._open(id, "url", waiting.url).decode()
        body = self._open(id, "verdicts", waiting.content)
        loop = asyncio.get_running_loop()
        pause_s = await loop.run_in_executor(self._threads, self._posted, id, url, body)
        now_ns = self._clock.now_ns()
        if pause_s is not None and now_ns - waiting.taken_ns < _GIVE_UP_NS:
            pause_s = max(min(self._first_s * 2**waiting.attempts, _LONGEST_S), pause_s)
            later = replace(
                waiting, attempts=waiting.attempts + 1, next_ns=now_ns + round(pause_s * _S)
            )
            await asyncio.to_thread(self._put, id, later, record.version)
            self._wake(id, later.next_ns)
            return
        if pause_s is not None:
            self.failed += 1
            log.warning("verdicts %s were not taken by their receiver for a day", id)
        await asyncio.to_thread(self._records.delete, DEFAULT, KIND, id, version=record.version)
        self._sizes.pop(id, None)

    def _posted(self, id: str, url: str, body: bytes) -> float | None:
        """None where it is done with: taken, or never to be. Else how long to wait at least."""
        reach = self._reach()
        headers = signed(reach.secret, id, self._clock.now_ns() / 1e9, body)
        try:
            reply = post(
                url, body, reach=reach, timeout_s=TIMEOUT_S, headers=headers,
                limit=_MOST_BYTES,
            )  # fmt: skip
        except OutboundRefused as error:
            self.failed += 1
            log.warning("verdicts %s are not posted: %s", id, error.message)
            return None
        except (VedetteError, TimeoutError):
            return 0.0
        if 200 <= reply.status < 300:
            return None
        if reply.status < 500 and reply.status not in _AGAIN:
            self.failed += 1
            log.warning("verdicts %s are refused by their receiver (%d)", id, reply.status)
            return None
        asked = reply.retry_after
        return min(float(asked), _LONGEST_S) if asked.isascii() and asked.isdigit() else 0.0

    def _wake(self, id: str, next_ns: int) -> None:
        self._due[id] = next_ns
        self._changed.set()

    def _forget(self, id: str) -> None:
        record = self._records.get(DEFAULT, KIND, id)
        if record is not None:
            self._records.delete(DEFAULT, KIND, id, version=record.version)
        self._sizes.pop(id, None)

    def _put(self, id: str, waiting: Waiting, version: int) -> Record:
        body = msgspec.to_builtins(waiting)
        return self._records.put(DEFAULT, KIND, id, body, version=version)

    def _seal(self, id: str, what: str, content: bytes) -> bytes:
        return msgspec.json.encode(seal(content, f"{id}.{what}", self._key, os.urandom))

    def _open(self, id: str, what: str, sealed: bytes) -> bytes:
        """Raises CannotOpen."""
        return unseal(msgspec.json.decode(sealed, type=Envelope), f"{id}.{what}", self._key)
