"""Answers that were paid for once are given again.

What is the same question is decided on the neutral form of the request, so that it does not matter
in which dialect or form (streamed or not) it is asked. Two clients share an answer only where they
share a project, or the very credential that they pay with. Answers of a model that draws lots
(`temperature` above 0, or not set) are kept only where the configuration or the caller wants it.

While the first of several equal questions is under way, the others wait for its answer. Where
machines share their answers (`sharing`), the first one of each worker looks there before it asks
anybody, and of all of them one asks.

| what the caller says | lookup | store |
|---|---|---|
| nothing | yes | yes |
| `cache-control: no-cache` | no | yes |
| `cache-control: no-store`, `x-vedette-cache: off` | no | no |
| `cache-control: only-if-cached` | yes, 504 where there is none | no |
| `cache-control: max-age=N` | no older than N seconds | yes |
| `x-vedette-cache: on` | yes, whatever the temperature | yes |
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from vedette.clock import Clock
from vedette.dialects.registry import EMBEDDINGS
from vedette.errors import VedetteError
from vedette.gateway.answers import ours
from vedette.gateway.cache_wish import Wish, read_wish
from vedette.gateway.conditions import asked
from vedette.gateway.exchange import Exchange
from vedette.gateway.identify import client_key
from vedette.gateway.pacing import events, write_paced
from vedette.gateway.questions import apart
from vedette.gateway.sharing import SharedAnswers, StoredAnswer
from vedette.gateway.tapes import Tape, asks_for_usage
from vedette.gateway.waits import header
from vedette.model.purge import Purge
from vedette.model.settings import CacheSettings

if TYPE_CHECKING:
    from vedette.gateway.semantic import Meanings

_OPERATIONS = frozenset({"chat", "text_completion", "embeddings"})
_WAIT_S = 600.0
_MOST_PURGES = 200
_MOST_NAMES = 8192


class NotCached(VedetteError):
    """The caller takes only a kept answer, and there is none."""

    code = "not_cached"
    status = 504


class Kept(Tape):
    """An answer in the cache."""

    __slots__ = (
        "apart", "born", "expires", "model", "name", "project_id", "saved_nano_usd", "tags",
    )  # fmt: skip

    def __init__(self, exchange: Exchange, name: bytes) -> None:
        super().__init__(exchange.endpoint.dialect, with_usage=asks_for_usage(exchange))
        self.name = name
        self.born = self.expires = 0.0
        self.model = exchange.requested_model
        self.project_id = exchange.project_id
        self.tags = exchange.caller.tags
        self.saved_nano_usd = 0
        self.apart: tuple[bytes, str] | None = None
        """The question by its meaning, where that is looked at."""

    def stored(self, now: float, now_ns: int) -> StoredAnswer:
        """As others may read it."""
        born_ns, expires_ns = (now_ns + round((at - now) * 1e9) for at in (self.born, self.expires))
        return StoredAnswer(
            self.project_id, self.model, self.tags, self.dialect, self.status, self.streamed,
            self.with_usage,
            list(self.headers), bytes(self.body), self.usage, self.saved_nano_usd, born_ns,
            expires_ns,
        )  # fmt: skip

    def take_over(self, answer: StoredAnswer, now: float, now_ns: int) -> None:
        """What somebody else has kept."""
        self.head(answer.status, answer.headers, b"", streamed=answer.streamed)
        self.dialect, self.with_usage = answer.dialect, answer.with_usage
        self.body += answer.body
        self.is_complete = True
        self.usage = answer.usage
        self.saved_nano_usd, self.tags = answer.saved_nano_usd, answer.tags
        self.born, self.expires = (
            now + (at_ns - now_ns) / 1e9 for at_ns in (answer.born_ns, answer.expires_ns)
        )
        self.wake()

    @property
    def key(self) -> bytes:
        """How clients and operators name it."""
        return self.name.hex().encode()


class ResponseCache:
    """The kept answers of one worker: least recently used goes first."""

    def __init__(self, clock: Clock, settings: CacheSettings) -> None:
        self.settings = settings
        """May be replaced at any time."""
        self.hits = 0
        self.misses = 0
        self.saved_nano_usd = 0
        self._clock = clock
        self._kept: OrderedDict[bytes, Kept] = OrderedDict()
        self._bytes = 0
        self._names: dict[bytes, bytes] = {}
        """By all that decides on them, as it was sent; empty: not to be kept."""
        self._purges: list[Purge] = []
        self.shared: SharedAnswers | None = None
        """Where machines share their answers."""
        self.meanings: Meanings | None = None
        """Where questions are also known by what they mean."""

    @property
    def bytes_held(self) -> int:
        return self._bytes

    def __len__(self) -> int:
        return len(self._kept)

    async def begin(self, exchange: Exchange) -> Kept | bool:
        """A tape to fill with the answer; True where it was answered from the cache (or its client
        left), False where the cache has no part in this call. Raises NotCached."""
        wish = read_wish(exchange)
        name = self._name(exchange, wish)
        if name is None:
            if wish.only_cached:
                raise NotCached("This call is not one that can be kept.")
            return False
        if wish.lookup and await self._answered(exchange, name, wish):
            return True
        kept = Kept(exchange, name)
        if wish.store and name not in self._kept:
            self._kept[name] = kept
        try:
            if wish.lookup and await self._shared(exchange, kept, wish):
                return True
        except BaseException:
            self._forget(kept)
            raise
        if wish.lookup and await self._meant(exchange, kept, wish):
            return True
        if wish.only_cached:
            raise NotCached("There is no kept answer to this call.")
        self.misses += 1
        exchange.cache = "miss"
        if not wish.store:
            return False
        exchange.limit_lines += b"x-vedette-cache-key: %b\r\n" % kept.key
        exchange.response.tape = kept
        return kept

    async def _shared(self, exchange: Exchange, kept: Kept, wish: Wish) -> bool:
        """Whether the call was answered from what machines share (or its client left)."""
        if self.shared is None:
            return False
        answer = await self.shared.find(kept.name, exchange, claims=wish.store)
        if exchange.gone:
            self._forget(kept)
            return True
        if answer is None or answer.project_id != exchange.project_id:
            return False
        now, now_ns = self._clock.monotonic(), self._clock.now_ns()
        if any(_matches(purge, answer, kept.name, answer.born_ns) for purge in self._purges):
            # It came to the shared cache after it had been purged from it.
            return False
        if wish.max_age_s is not None and (now_ns - answer.born_ns) / 1e9 > wish.max_age_s:
            return False
        kept.take_over(answer, now, now_ns)
        if self._kept.get(kept.name) is kept:
            self._bytes += kept.size
            self._make_room()
        await self._give(exchange, kept, now)
        return True

    async def _meant(self, exchange: Exchange, kept: Kept, wish: Wish) -> bool:
        """Whether the call was answered with the answer to a question that means the same."""
        meanings = self.meanings
        if meanings is None:
            return False
        kept.apart = apart(exchange, self._whose(exchange))
        found = meanings.find(*kept.apart) if kept.apart is not None else None
        if found is None:
            return False
        name, closeness = found
        other, now = self._kept.get(name), self._clock.monotonic()
        if other is None or not other.is_kept or not other.done or now >= other.expires:
            return False
        if wish.max_age_s is not None and now - other.born > wish.max_age_s:
            return False
        self._forget(kept)
        exchange.limit_lines += b"x-vedette-cache-similarity: %.3f\r\n" % closeness
        exchange.note("vedette.cache.similarity", f"{closeness:.3f}")
        await self._give(exchange, other, now)
        return True

    def _forget(self, kept: Kept) -> None:
        """Nothing comes of it: whoever waits asks for himself."""
        if self._kept.get(kept.name) is kept:
            del self._kept[kept.name]
        kept.wake()
        if self.shared is not None:
            self.shared.give_up(kept.name)

    def finish(self, kept: Kept, exchange: Exchange) -> None:
        """The call is over: keep its answer, or forget that it was asked."""
        kept.close(exchange)
        now = self._clock.monotonic()
        if kept.is_kept and kept.status == 200:
            kept.born, kept.expires = now, now + self.settings.ttl_s
            kept.saved_nano_usd = exchange.cost_nano_usd or 0
            before = self._kept.get(kept.name)
            if before is not None and before is not kept and before.done:
                self._bytes -= before.size
            self._kept[kept.name] = kept
            self._kept.move_to_end(kept.name)
            self._bytes += kept.size
            if self.meanings is not None and kept.apart is not None:
                self.meanings.add(*kept.apart, kept.name)
            if self.shared is not None:
                self.shared.keep(kept.name, kept.stored(now, self._clock.now_ns()))
        else:
            if self._kept.get(kept.name) is kept:
                del self._kept[kept.name]
            if self.shared is not None:
                self.shared.give_up(kept.name)
        self._make_room()

    def purge(self, purge: Purge) -> int:
        """Forget what matches and was kept before; returns how many answers."""
        now, now_ns = self._clock.monotonic(), self._clock.now_ns()
        gone = [
            kept
            for kept in self._kept.values()
            if kept.done
            and _matches(purge, kept, kept.name, now_ns - round((now - kept.born) * 1e9))
        ]
        for kept in gone:
            self._drop(kept)
        self._purges = [*self._purges[-_MOST_PURGES:], purge]
        return len(gone)

    def obey(self, purges: Iterable[Purge]) -> None:
        """Do what is new among them."""
        for purge in purges:
            if purge not in self._purges:
                self.purge(purge)

    async def _answered(self, exchange: Exchange, name: bytes, wish: Wish) -> bool:
        kept = self._kept.get(name)
        if kept is None:
            return False
        while not kept.done and not exchange.gone:
            await exchange.pause(_WAIT_S, until=kept.waiting)
        if exchange.gone:
            return True
        now = self._clock.monotonic()
        if not kept.is_kept or now >= kept.expires:
            if kept.done and self._kept.get(name) is kept:
                self._drop(kept)
            return False
        if wish.max_age_s is not None and now - kept.born > wish.max_age_s:
            return False
        self._kept.move_to_end(kept.name)
        await self._give(exchange, kept, now)
        return True

    async def _give(self, exchange: Exchange, kept: Kept, now: float) -> None:
        self.hits += 1
        self.saved_nano_usd += kept.saved_nano_usd
        exchange.cache = "hit"
        exchange.status = kept.status
        exchange.cost_nano_usd = 0
        exchange.overhead_ms = (now - exchange.started) * 1e3
        exchange.note("vedette.cache.saved_nano_usd", str(kept.saved_nano_usd))
        lines = ours(exchange) + b"age: %d\r\nx-vedette-cache-key: %b\r\n" % (
            max(now - kept.born, 0.0), kept.key,
        )  # fmt: skip
        per_s = self.settings.pace_events_per_s
        if not (per_s and exchange.stream):
            kept.retell(exchange, lines)
            return
        headers, body = kept.told(exchange, by_word=True) or (kept.headers, bytes(kept.body))
        exchange.response.start(kept.status, headers, more=lines)
        kind = header(headers, b"content-type") or b""
        await write_paced(exchange, events(body, kind), per_s)
        if not exchange.gone:
            exchange.response.end()

    def _name(self, exchange: Exchange, wish: Wish) -> bytes | None:
        """What identifies the question; None where its answer must not be kept."""
        if exchange.endpoint.operation not in _OPERATIONS:
            return None
        if not (wish.lookup or wish.store):
            return None
        whose = self._whose(exchange)
        any_temperature = self.settings.any_temperature or wish.any_temperature
        # Who sends the very same bytes again need not have them read again.
        place = hashlib.sha256(whose)
        place.update(f"\0{exchange.endpoint.dialect}\0{any_temperature}\0".encode())
        place.update(exchange.requested_model.encode() + b"\0")
        place.update(exchange.body)
        seen = place.digest()
        name = self._names.get(seen)
        if name is None:
            name = _question(exchange, whose, any_temperature=any_temperature) or b""
            if len(self._names) >= _MOST_NAMES:
                self._names.clear()
            self._names[seen] = name
        return name or None

    def _whose(self, exchange: Exchange) -> bytes:
        """Who shares answers with whom."""
        named = exchange.request.header(b"x-vedette-provider") or b""
        pays = b"" if _pays_itself(exchange) else client_key(exchange.request)
        kind = exchange.endpoint.operation.encode()
        return b"\0".join((exchange.project_id.encode(), pays, named, kind))

    def _make_room(self) -> None:
        now = self._clock.monotonic()
        for kept in list(self._kept.values()):
            if not kept.done:
                continue
            if self._bytes <= self.settings.max_bytes and now < kept.expires:
                break
            self._drop(kept)

    def _drop(self, kept: Kept) -> None:
        if self._kept.get(kept.name) is kept:
            del self._kept[kept.name]
            self._bytes -= kept.size


def _question(exchange: Exchange, whose: bytes, *, any_temperature: bool) -> bytes | None:
    """The name of the question in its neutral form; None where its answer must not be kept."""
    request = asked(exchange)
    if request is None:
        return None
    is_vector = exchange.endpoint.dialect in EMBEDDINGS
    draws_lots = not is_vector and request.settings.get("temperature") != 0
    if draws_lots and not any_temperature:
        return None
    if any(tool.built_in for tool in request.tools):
        # What a provider's own tool finds today it may not find tomorrow.
        return None
    question = replace(
        request, model=exchange.requested_model, stream=False, include_usage=False, user="",
        metadata={}, dialect=request.dialect if request.unknown else "",
    )  # fmt: skip
    digest = hashlib.sha256(whose)
    digest.update(msgspec.json.encode(question, order="sorted"))
    return digest.digest()


def _matches(purge: Purge, answer: Kept | StoredAnswer, name: bytes, born_ns: int) -> bool:
    return (
        born_ns <= purge.at_ns
        and purge.project_id in ("", answer.project_id)
        and purge.model in ("", answer.model)
        and (not purge.tag or purge.tag in answer.tags)
        and purge.name in ("", name.hex())
    )


def _pays_itself(exchange: Exchange) -> bool:
    """Whether no target is paid with the client's own credential."""
    return all(target.upstream.settings.api_key for target in exchange.plan.targets)
