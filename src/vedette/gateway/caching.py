"""Answers that were paid for once are given again.

What is the same question is decided on the neutral form of the request, so that it does not matter
in which dialect or form (streamed or not) it is asked. Two clients share an answer only where they
share a project, or the very credential that they pay with. Answers of a model that draws lots
(`temperature` above 0, or not set) are kept only where the configuration or the caller wants it.

While the first of several equal questions is under way, the others wait for its answer.

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
import re
from collections import OrderedDict

import msgspec
from msgspec.structs import replace

from vedette.clock import Clock
from vedette.dialects.registry import EMBEDDINGS
from vedette.errors import VedetteError
from vedette.gateway.answers import ours
from vedette.gateway.conditions import asked
from vedette.gateway.exchange import Exchange
from vedette.gateway.identify import client_key
from vedette.gateway.tapes import Tape
from vedette.model.settings import CacheSettings

_MAX_AGE = re.compile(rb"max-age=(\d{1,9})")
_OPERATIONS = frozenset({"chat", "text_completion", "embeddings"})
_WAIT_S = 600.0


class NotCached(VedetteError):
    """The caller takes only a kept answer, and there is none."""

    code = "not_cached"
    status = 504


class Kept(Tape):
    """An answer in the cache."""

    __slots__ = ("born", "expires", "model", "name", "project_id", "saved_nano_usd", "tags")

    def __init__(self, exchange: Exchange, name: bytes) -> None:
        super().__init__(exchange.endpoint.dialect)
        self.name = name
        self.born = self.expires = 0.0
        self.model = exchange.requested_model
        self.project_id = exchange.project_id
        self.tags = exchange.caller.tags
        self.saved_nano_usd = 0


class Wish(msgspec.Struct, frozen=True):
    """What the caller wants of the cache."""

    lookup: bool = True
    store: bool = True
    only_cached: bool = False
    any_temperature: bool = False
    max_age_s: float | None = None


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
        if wish.only_cached:
            raise NotCached("There is no kept answer to this call.")
        self.misses += 1
        exchange.cache = "miss"
        if not wish.store:
            return False
        kept = Kept(exchange, name)
        if name not in self._kept:
            self._kept[name] = kept
        exchange.response.tape = kept
        return kept

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
        elif self._kept.get(kept.name) is kept:
            del self._kept[kept.name]
        self._make_room()

    def purge(self, *, project_id: str = "", model: str = "", tag: str = "") -> int:
        """Forget what matches everything that is given; returns how many answers."""
        gone = [
            kept
            for kept in self._kept.values()
            if kept.done
            and (not project_id or kept.project_id == project_id)
            and (not model or kept.model == model)
            and (not tag or tag in kept.tags)
        ]
        for kept in gone:
            self._drop(kept)
        return len(gone)

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
        self._give(exchange, kept, now)
        return True

    def _give(self, exchange: Exchange, kept: Kept, now: float) -> None:
        self._kept.move_to_end(kept.name)
        self.hits += 1
        self.saved_nano_usd += kept.saved_nano_usd
        exchange.cache = "hit"
        exchange.status = kept.status
        exchange.cost_nano_usd = 0
        exchange.overhead_ms = (now - exchange.started) * 1e3
        exchange.note("vedette.cache.saved_nano_usd", str(kept.saved_nano_usd))
        lines = ours(exchange) + b"age: %d\r\n" % (now - kept.born)
        kept.retell(exchange, lines)

    def _name(self, exchange: Exchange, wish: Wish) -> bytes | None:
        """What identifies the question; None where its answer must not be kept."""
        if exchange.endpoint.operation not in _OPERATIONS:
            return None
        if not (wish.lookup or wish.store):
            return None
        request = asked(exchange)
        if request is None:
            return None
        is_vector = exchange.endpoint.dialect in EMBEDDINGS
        draws_lots = not is_vector and request.settings.get("temperature") != 0
        if draws_lots and not (self.settings.any_temperature or wish.any_temperature):
            return None
        if any(tool.built_in for tool in request.tools):
            # What a provider's own tool finds today it may not find tomorrow.
            return None
        question = replace(
            request, model=exchange.requested_model, stream=False, include_usage=False, user="",
            metadata={}, dialect=request.dialect if request.unknown else "",
        )  # fmt: skip
        named = exchange.request.header(b"x-vedette-provider") or b""
        pays = b"" if _pays_itself(exchange) else client_key(exchange.request)
        kind = exchange.endpoint.operation.encode()
        digest = hashlib.sha256(b"\0".join((exchange.project_id.encode(), pays, named, kind)))
        digest.update(msgspec.json.encode(question, order="sorted"))
        return digest.digest()

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


def _pays_itself(exchange: Exchange) -> bool:
    """Whether no target is paid with the client's own credential."""
    return all(target.upstream.settings.api_key for target in exchange.plan.targets)


def read_wish(exchange: Exchange) -> Wish:
    """What the headers of a call say of the cache."""
    header = exchange.request.header
    control = (header(b"cache-control") or b"").lower()
    own = (header(b"x-vedette-cache") or b"").lower()
    if own == b"off" or b"no-store" in control:
        return Wish(lookup=False, store=False)
    age = _MAX_AGE.search(control)
    only = b"only-if-cached" in control
    return Wish(
        lookup=b"no-cache" not in control and own != b"refresh",
        store=not only,
        only_cached=only,
        any_temperature=own in (b"on", b"refresh"),
        max_age_s=float(age[1]) if age is not None else None,
    )
