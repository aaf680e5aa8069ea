"""The cache of one process: plain dictionaries, bounded by entries and by bytes.

Expired entries go when they are met and, a few at a time, with every write: each write looks at
a few of the oldest and moves those that still count to the end of the line. When a bound is
reached the least recently used value goes; counters, leases and locks are never evicted, since
forgetting one would lift a limit.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import msgspec

from vedette.clock import Clock

_SWEEP = 4
_CLAIM = "claim "


class _Value(msgspec.Struct):
    data: bytes
    expires: float
    labels: frozenset[str] | None


class _Counter(msgspec.Struct):
    value: int
    expires: float


class _Limit(msgspec.Struct):
    """Settled use, and leases (amount, expiry) by id."""

    used: int
    leases: dict[str, tuple[int, float]]

    def free(self, now: float) -> None:
        """Give back what nobody settled in time."""
        self.leases = {id: lease for id, lease in self.leases.items() if lease[1] > now}

    @property
    def is_unused(self) -> bool:
        return not (self.used or self.leases)


class MemoryCache:
    """`ports.stores.Cache` for one event loop."""

    def __init__(
        self, clock: Clock, *, max_entries: int = 100_000, max_bytes: int = 268_435_456
    ) -> None:
        self._clock = clock
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._bytes = 0
        self._values: OrderedDict[str, _Value] = OrderedDict()
        self._counters: dict[str, _Counter] = {}
        self._limits: dict[str, _Limit] = {}
        self._locks: dict[str, tuple[str, float]] = {}

    async def get(self, key: str) -> bytes | None:
        value = self._values.get(key)
        if value is None:
            return None
        if value.expires <= self._clock.monotonic():
            self._drop(key)
            return None
        self._values.move_to_end(key)
        return value.data

    async def set(
        self, key: str, value: bytes, *, ttl_s: float, labels: Sequence[str] = ()
    ) -> None:
        self.keep(key, value, ttl_s, frozenset(labels))

    async def delete(self, key: str) -> None:
        self._drop(key)
        self._counters.pop(key, None)

    async def add(self, key: str, amount: int, *, ttl_s: float) -> int:
        now = self._clock.monotonic()
        counter = self._counters.get(key)
        if counter is None or counter.expires <= now:
            counter = self._counters[key] = _Counter(0, now + ttl_s)
            self._sweep()
        counter.value += amount
        return counter.value

    async def reserve(self, key: str, amount: int, *, limit: int, ttl_s: float) -> str | None:
        now = self._clock.monotonic()
        entry = self._limits.get(key)
        if entry is None:
            self._sweep()
            entry = self._limits[key] = _Limit(0, {})
        entry.free(now)
        reserved = sum(lease[0] for lease in entry.leases.values())
        if entry.used + reserved + amount > limit:
            return None
        lease = self._clock.span_id()
        entry.leases[lease] = (amount, now + ttl_s)
        return lease

    async def settle(self, key: str, lease: str, *, used: int) -> None:
        entry = self._limits.get(key)
        if entry is not None and entry.leases.pop(lease, None) is not None:
            entry.used += used

    async def lock(self, key: str, *, ttl_s: float) -> str | None:
        now = self._clock.monotonic()
        held = self._locks.get(key)
        if held is not None and held[1] > now:
            return None
        self._sweep()
        token = self._clock.span_id()
        self._locks[key] = (token, now + ttl_s)
        return token

    async def unlock(self, key: str, token: str) -> bool:
        held = self._locks.get(key)
        if held is None or held[0] != token or held[1] <= self._clock.monotonic():
            return False
        del self._locks[key]
        return True

    async def get_or_claim(self, key: str, token: str, *, ttl_s: float) -> bytes | str:
        value = await self.get(key)
        if value is not None:
            return value
        now, name = self._clock.monotonic(), _CLAIM + key
        held = self._locks.get(name)
        if held is not None and held[1] > now:
            return held[0]
        self._sweep()
        self._locks[name] = (token, now + ttl_s)
        return token

    async def renew_claims(self, claims: Mapping[str, str], *, ttl_s: float) -> None:
        now = self._clock.monotonic()
        for key, token in claims.items():
            held = self._locks.get(_CLAIM + key)
            if held is not None and held[0] == token and held[1] > now:
                self._locks[_CLAIM + key] = (token, now + ttl_s)

    async def unclaim(self, key: str, token: str) -> None:
        await self.unlock(_CLAIM + key, token)

    @property
    def view(self) -> "MemoryCacheView":
        """The same values, to be looked after."""
        return MemoryCacheView(self)

    def keep(self, key: str, value: bytes, ttl_s: float, labels: frozenset[str] | None) -> None:
        """Put a value in its place; without labels it is not purged."""
        self._drop(key)
        if len(value) <= self._max_bytes:
            self._values[key] = _Value(value, self._clock.monotonic() + ttl_s, labels)
            self._bytes += len(value)
            self._make_room()

    def purge(self, labels: frozenset[str]) -> int:
        """Forget the values that have all of these labels; returns how many."""
        gone = [
            key
            for key, value in self._values.items()
            if value.labels is not None and labels <= value.labels
        ]
        for key in gone:
            self._drop(key)
        return len(gone)

    @property
    def labelled(self) -> tuple[int, int]:
        """How many values can be purged, and their bytes."""
        sizes = [len(value.data) for value in self._values.values() if value.labels is not None]
        return len(sizes), sum(sizes)

    @property
    def bytes_held(self) -> int:
        """Of the values; at most `max_bytes`."""
        return self._bytes

    def __len__(self) -> int:
        """Entries of every kind, expired ones that nobody met yet included."""
        return len(self._values) + len(self._counters) + len(self._limits) + len(self._locks)

    async def close(self) -> None:
        self._values.clear()
        self._counters.clear()
        self._limits.clear()
        self._locks.clear()
        self._bytes = 0

    def _make_room(self) -> None:
        while len(self._values) > self._max_entries or self._bytes > self._max_bytes:
            self._drop(next(iter(self._values)))
        self._sweep()

    def _drop(self, key: str) -> None:
        value = self._values.pop(key, None)
        if value is not None:
            self._bytes -= len(value.data)

    def _sweep(self) -> None:
        """Look at a few of the oldest entries of each kind and drop those that count no more."""
        now = self._clock.monotonic()
        for key in list(islice(self._values, _SWEEP)):
            if self._values[key].expires <= now:
                self._drop(key)
        for key in list(islice(self._counters, _SWEEP)):
            counter = self._counters.pop(key)
            if counter.expires > now:
                self._counters[key] = counter
        for key in list(islice(self._locks, _SWEEP)):
            held = self._locks.pop(key)
            if held[1] > now:
                self._locks[key] = held
        for key in list(islice(self._limits, _SWEEP)):
            limit = self._limits.pop(key)
            limit.free(now)
            if not limit.is_unused:
                self._limits[key] = limit


class MemoryCacheView:
    """`ports.stores.CacheView` of the same process."""

    def __init__(self, cache: MemoryCache) -> None:
        self._cache = cache

    def purge(self, labels: Iterable[str]) -> int:
        return self._cache.purge(frozenset(labels))

    def put(self, key: str, value: bytes, *, ttl_s: float) -> None:
        self._cache.keep(key, value, ttl_s, None)

    def usage(self) -> tuple[int, int]:
        return self._cache.labelled

    def close(self) -> None:
        """Nothing is held."""
