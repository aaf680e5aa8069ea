"""The cache that machines share, on Redis or Valkey.

Values go when their time is over or, the soonest to expire first, when all together are larger
than they may be. An index says which labels each has, so that they can be purged by them. All keys
lie in one slot of a cluster.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from vedette.clock import Clock
from vedette.errors import StoreError
from vedette.model.settings import RedisSettings
from vedette.stores.redis import FAILURES, connect, connect_blocking, script

_BATCH = 500
_ADD = """
local value = redis.call('INCRBY', KEYS[1], ARGV[1])
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return value
"""
_RESERVE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local flat, taken = redis.call('HGETALL', KEYS[1]), 0
for i = 1, #flat, 2 do
  if flat[i] == 'used' then
    taken = taken + tonumber(flat[i + 1])
  else
    local amount, until_ms = string.match(flat[i + 1], '^(%S+) (%S+)$')
    if tonumber(until_ms) <= now then
      redis.call('HDEL', KEYS[1], flat[i])
    else
      taken = taken + tonumber(amount)
    end
  end
end
if taken + tonumber(ARGV[1]) > tonumber(ARGV[2]) then return 0 end
local until_ms = string.format('%.0f', now + tonumber(ARGV[3]))
redis.call('HSET', KEYS[1], ARGV[4], ARGV[1] .. ' ' .. until_ms)
return 1
"""
_SETTLE = """
if redis.call('HDEL', KEYS[1], ARGV[1]) == 1 then
  redis.call('HINCRBY', KEYS[1], 'used', ARGV[2])
end
return 1
"""
_UNLOCK = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
"""
_GET_OR_CLAIM = """
local value = redis.call('GET', KEYS[1])
if value then return {value, ''} end
local holder = redis.call('GET', KEYS[2])
if holder then return {'', holder} end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return {'', ARGV[1]}
"""
_RENEW = """
for i = 1, #KEYS do
  if redis.call('GET', KEYS[i]) == ARGV[i + 1] then redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
end
return 1
"""


class _Names:
    """What things are called in the server."""

    def __init__(self, prefix: str) -> None:
        begin = f"{{{prefix}}}:cache:"
        self.value = f"{begin}v:"
        self.counter = f"{begin}n:"
        self.limit = f"{begin}r:"
        self.lock = f"{begin}l:"
        self.claim = f"{begin}c:"
        self.index = (f"{begin}index", f"{begin}about", f"{begin}bytes")


class RedisCache:
    """`ports.stores.Cache` for one event loop. All methods raise StoreError."""

    def __init__(
        self, settings: RedisSettings, clock: Clock, *, max_bytes: int = 1_073_741_824
    ) -> None:
        self._client = connect(settings)
        self._clock = clock
        self._max_bytes = max_bytes
        self._names = _Names(settings.prefix)
        register = self._client.register_script
        self._keep = register(script("vedette.stores.cache", "keep"))
        self._add, self._reserve = register(_ADD), register(_RESERVE)
        self._settle, self._unlock = register(_SETTLE), register(_UNLOCK)
        self._claim, self._renew = register(_GET_OR_CLAIM), register(_RENEW)

    async def get(self, key: str) -> bytes | None:
        found: bytes | None = await _answered(self._client.get(self._names.value + key))
        return found

    async def set(
        self, key: str, value: bytes, *, ttl_s: float, labels: Sequence[str] = ()
    ) -> None:
        names = self._names
        keys = [names.value + key, *names.index]
        told: list[str | int | bytes] = [
            value,
            _ms(ttl_s),
            key,
            json.dumps(labels),
            self._max_bytes,
            names.value,
        ]
        await _answered(self._keep(keys=keys, args=told))

    async def delete(self, key: str) -> None:
        names = self._names
        keys = [names.value + key, *names.index]
        await _answered(self._keep(keys=keys, args=["", 0, "", "", 0, names.value, key]))
        await _answered(self._client.delete(names.counter + key))

    async def add(self, key: str, amount: int, *, ttl_s: float) -> int:
        added = self._add(keys=[self._names.counter + key], args=[amount, _ms(ttl_s)])
        return int(await _answered(added))

    async def reserve(self, key: str, amount: int, *, limit: int, ttl_s: float) -> str | None:
        lease = self._clock.trace_id()
        told: list[str | int] = [amount, limit, _ms(ttl_s), lease]
        taken = await _answered(self._reserve(keys=[self._names.limit + key], args=told))
        return lease if taken else None

    async def settle(self, key: str, lease: str, *, used: int) -> None:
        await _answered(self._settle(keys=[self._names.limit + key], args=[lease, used]))

    async def lock(self, key: str, *, ttl_s: float) -> str | None:
        token = self._clock.trace_id()
        name = self._names.lock + key
        held = await _answered(self._client.set(name, token, nx=True, px=_ms(ttl_s)))
        return token if held else None

    async def unlock(self, key: str, token: str) -> bool:
        gone = self._unlock(keys=[self._names.lock + key], args=[token])
        return bool(await _answered(gone))

    async def get_or_claim(self, key: str, token: str, *, ttl_s: float) -> bytes | str:
        keys = [self._names.value + key, self._names.claim + key]
        value, holder = await _answered(self._claim(keys=keys, args=[token, _ms(ttl_s)]))
        return holder.decode() if holder else bytes(value)

    async def renew_claims(self, claims: Mapping[str, str], *, ttl_s: float) -> None:
        all_claims = tuple(claims.items())
        for begin in range(0, len(all_claims), _BATCH):
            some = all_claims[begin : begin + _BATCH]
            keys = [self._names.claim + key for key, _ in some]
            told: list[str | int] = [_ms(ttl_s), *(token for _, token in some)]
            await _answered(self._renew(keys=keys, args=told))

    async def unclaim(self, key: str, token: str) -> None:
        await _answered(self._unlock(keys=[self._names.claim + key], args=[token]))

    async def close(self) -> None:
        await self._client.aclose()


class RedisCacheView:
    """`ports.stores.CacheView`."""

    def __init__(self, settings: RedisSettings) -> None:
        self._client = connect_blocking(settings)
        self._names = _Names(settings.prefix)
        self._keep = self._client.register_script(script("vedette.stores.cache", "keep"))

    def purge(self, labels: Iterable[str]) -> int:
        wanted = frozenset(labels)
        gone, batch = 0, list[bytes]()
        try:
            for name, has in self._labelled():
                if wanted <= has:
                    batch.append(name)
                if len(batch) == _BATCH:
                    gone += self._drop(batch)
                    batch = []
            return gone + (self._drop(batch) if batch else 0)
        except FAILURES as error:
            raise _away(error) from None

    def put(self, key: str, value: bytes, *, ttl_s: float) -> None:
        try:
            self._client.set(self._names.value + key, value, px=_ms(ttl_s))
        except FAILURES as error:
            raise _away(error) from None

    def usage(self) -> tuple[int, int]:
        index, _, total = self._names.index
        try:
            count: Any = self._client.zcard(index)
            held: Any = self._client.get(total)
        except FAILURES as error:
            raise _away(error) from None
        return int(count), int(held or 0)

    def close(self) -> None:
        self._client.close()

    def _labelled(self) -> Iterator[tuple[bytes, frozenset[str]]]:
        for name, said in self._client.hscan_iter(self._names.index[1], count=_BATCH):
            yield name, frozenset(json.loads(said.partition(b" ")[2]))

    def _drop(self, names: Sequence[bytes]) -> int:
        keys = [self._names.value, *self._names.index]
        gone: Any = self._keep(keys=keys, args=["", 0, "", "", 0, self._names.value, *names])
        return int(gone)


async def _answered(asked: Any) -> Any:
    try:
        return await asked
    except FAILURES as error:
        raise _away(error) from None


def _away(error: BaseException) -> StoreError:
    return StoreError(f"The shared cache does not answer ({type(error).__name__}).")


def _ms(seconds: float) -> int:
    return max(1, round(seconds * 1000))
