"""Kept answers that the workers of all machines share.

Looked at only where this worker has none, and never in the way for long: a cache that does not
answer is left alone for a while. Answers are handed over after the client has them.
"""

import logging

import msgspec

from vedette.clock import Clock
from vedette.errors import StoreError
from vedette.model.purge import labels_of
from vedette.model.usage import Usage
from vedette.ports.stores import Cache
from vedette.tasks import Tasks

log = logging.getLogger(__name__)

AWAY_S = 5.0
"""How long a cache that failed is left alone."""
_MOST_WAITING = 200


class StoredAnswer(msgspec.Struct, frozen=True, array_like=True):
    """An answer as it lies in the shared cache."""

    project_id: str
    model: str
    tags: tuple[str, ...]
    dialect: str
    status: int
    streamed: bool
    with_usage: bool
    headers: list[tuple[bytes, bytes]]
    body: bytes
    usage: Usage | None
    saved_nano_usd: int
    born_ns: int
    expires_ns: int


class SharedAnswers:
    """One worker's way to them."""

    def __init__(self, cache: Cache, clock: Clock, tasks: Tasks) -> None:
        self.cache = cache
        self._clock = clock
        self._tasks = tasks
        self._away_until = 0.0
        self._waiting = 0

    async def find(self, name: bytes) -> StoredAnswer | None:
        """The answer of this name; None also where nobody can tell."""
        if self._clock.monotonic() < self._away_until:
            return None
        try:
            found = await self.cache.get(name.hex())
        except StoreError as error:
            self._failed(error)
            return None
        if found is None:
            return None
        try:
            answer = msgspec.msgpack.decode(found, type=StoredAnswer)
        except msgspec.MsgspecError:
            return None
        return answer if answer.expires_ns > self._clock.now_ns() else None

    def keep(self, name: bytes, answer: StoredAnswer) -> None:
        """Hand an answer over; left out where too many wait for that already."""
        if self._waiting < _MOST_WAITING and self._clock.monotonic() >= self._away_until:
            self._waiting += 1
            self._tasks.spawn(self._keep(name.hex(), answer), name="share an answer")

    async def _keep(self, name: str, answer: StoredAnswer) -> None:
        ttl_s = (answer.expires_ns - answer.born_ns) / 1e9
        labels = labels_of(answer.project_id, answer.model, answer.tags, name)
        try:
            await self.cache.set(name, msgspec.msgpack.encode(answer), ttl_s=ttl_s, labels=labels)
        except StoreError as error:
            self._failed(error)
        finally:
            self._waiting -= 1

    def _failed(self, error: StoreError) -> None:
        self._away_until = self._clock.monotonic() + AWAY_S
        log.warning("%s Each worker keeps its own answers for now.", error.message)
