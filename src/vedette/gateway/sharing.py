"""Kept answers that the workers of all machines share.

Looked at only where this worker has none, and never in the way for long: a cache that does not
answer is left alone for a while. Answers are handed over after the client has them.

Who finds no answer claims the question in the same step, and the others wait for what he gets. A
claim is renewed while its call is under way and ends with it; that of a worker that is gone ends by
itself. Whoever waited for a claim that brought nothing asks for himself, and waits for no other: a
provider that fails costs each of them one wait, not one after another.
"""

import logging

import msgspec

from vedette.clock import Clock
from vedette.errors import StoreError
from vedette.gateway.exchange import Exchange
from vedette.model.purge import labels_of
from vedette.model.usage import Usage
from vedette.ports.stores import Cache
from vedette.tasks import Tasks

log = logging.getLogger(__name__)

AWAY_S = 5.0
"""How long a cache that failed is left alone."""
CLAIM_S = 6.0
"""How long a claim lasts that is not renewed."""
_RENEW_S = 2.0
_LONGEST_S = 600.0
"""How long a claim is renewed, and waited for."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.01, 0.2
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


class _Claim:
    """A question that this worker asks for all."""

    __slots__ = ("made", "renewed", "token")

    def __init__(self, token: str, now: float) -> None:
        self.token = token
        self.made = self.renewed = now


class SharedAnswers:
    """One worker's way to them."""

    def __init__(self, cache: Cache, clock: Clock, tasks: Tasks) -> None:
        self.cache = cache
        self._clock = clock
        self._tasks = tasks
        self._away_until = 0.0
        self._waiting = 0
        self._claims: dict[str, _Claim] = {}
        """Of calls under way, by the name of the question."""

    async def find(
        self, name: bytes, exchange: Exchange, *, claims: bool = False
    ) -> StoredAnswer | None:
        """The answer of this name; None also where nobody can tell.

        With `claims` the question is this worker's from then on, until `keep` or `give_up`; while
        somebody else is at it, his answer is waited for.
        """
        if self._clock.monotonic() < self._away_until:
            return None
        try:
            if claims:
                found = await self._awaited(name.hex(), exchange)
            else:
                found = await self.cache.get(name.hex())
        except StoreError as error:
            self._failed(error)
            return None
        return self._read(found) if found is not None else None

    async def _awaited(self, name: str, exchange: Exchange) -> bytes | None:
        token, first, pause_s = self._clock.trace_id(), "", _FIRST_PAUSE_S
        until = self._clock.monotonic() + _LONGEST_S
        while True:
            found = await self.cache.get_or_claim(name, token, ttl_s=CLAIM_S)
            if isinstance(found, bytes):
                return found
            now = self._clock.monotonic()
            if found == token:
                self._claims[name] = _Claim(token, now)
                return None
            if (first and found != first) or now > until:
                return None
            first = found
            await exchange.pause(pause_s)
            if exchange.gone:
                return None
            pause_s = min(pause_s * 1.5, _LONGEST_PAUSE_S)

    async def renew(self) -> None:
        """Keep the claims of calls that take their time; to be called every second."""
        now = self._clock.monotonic()
        due = {
            name: claim
            for name, claim in self._claims.items()
            if now - claim.renewed >= _RENEW_S and now - claim.made < _LONGEST_S
        }
        if not due or now < self._away_until:
            return
        for claim in due.values():
            claim.renewed = now
        tokens = {name: claim.token for name, claim in due.items()}
        try:
            await self.cache.renew_claims(tokens, ttl_s=CLAIM_S)
        except StoreError as error:
            self._failed(error)

    def give_up(self, name: bytes) -> None:
        """The question has no answer that is kept: whoever waits asks for himself."""
        if self._claims and (claim := self._claims.pop(name.hex(), None)) is not None:
            self._tasks.spawn(self._unclaim(name.hex(), claim), name="give up a claim")

    async def _unclaim(self, name: str, claim: "_Claim") -> None:
        try:
            await self.cache.unclaim(name, claim.token)
        except StoreError as error:
            self._failed(error)

    def _read(self, found: bytes) -> StoredAnswer | None:
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
        else:
            self.give_up(name)

    async def _keep(self, name: str, answer: StoredAnswer) -> None:
        ttl_s = (answer.expires_ns - answer.born_ns) / 1e9
        labels = labels_of(answer.project_id, answer.model, answer.tags, name)
        claim = self._claims.pop(name, None)
        try:
            await self.cache.set(name, msgspec.msgpack.encode(answer), ttl_s=ttl_s, labels=labels)
            if claim is not None:
                await self.cache.unclaim(name, claim.token)
        except StoreError as error:
            self._failed(error)
        finally:
            self._waiting -= 1

    def _failed(self, error: StoreError) -> None:
        self._away_until = self._clock.monotonic() + AWAY_S
        log.warning("%s Each worker keeps its own answers for now.", error.message)
