"""Leases on Redis or Valkey: a hash for each account, one script for each exchange.

The server's clock is the only one that counts. All keys lie in one slot of a cluster.
"""

import os
from collections.abc import Iterable, Sequence

from vedette.model.settings import RedisSettings
from vedette.ports.leases import Ask, LeasesAway, Standing, Told
from vedette.stores.redis import FAILURES, away, connect, connect_blocking, script

_MS = 1_000_000
_WHAT = "The server of shared limits"
_HERE = "vedette.stores.leases"


class RedisLeases:
    """`ports.leases.Leases` for one event loop."""

    def __init__(self, settings: RedisSettings) -> None:
        self._client = connect(settings)
        self._name = _names(settings)
        self._script = self._client.register_script(script(_HERE, "exchange"))

    async def exchange(self, machine: str, asks: Sequence[Ask], *, ttl_s: float) -> list[Told]:
        values: list[str] = [machine, f"{round(ttl_s * 1000)}"]
        for ask in asks:
            values += (
                f"{ask.limit}", f"{_piece(ask.piece_ns)}", f"{ask.mark}", f"{ask.strict:d}",
                f"{ask.total}", f"{ask.sent}", f"{ask.epoch}", f"{ask.born_ms}",
                f"{ask.in_window}", f"{ask.held}", f"{ask.must}", f"{ask.want}", f"{ask.least}",
            )  # fmt: skip
        keys = [f"{self._name}{ask.key:016x}" for ask in asks]
        try:
            rows = await self._script(keys=keys, args=values)
        except FAILURES as error:
            raise LeasesAway(away(error, _WHAT)) from None
        return [_told(row) for row in rows]

    async def close(self) -> None:
        await self._client.aclose()


class RedisLeaseView:
    """`ports.leases.LeaseView`."""

    def __init__(self, settings: RedisSettings) -> None:
        self._client = connect_blocking(settings)
        self._name = _names(settings)
        self._life = f"{{{settings.prefix}}}:life"
        self._standing = self._client.register_script(script(_HERE, "standing"))
        self._seed = self._client.register_script(script(_HERE, "seed"))

    def life(self) -> str:
        try:
            self._client.set(self._life, os.urandom(8).hex(), nx=True)
            return f"{self._client.get(self._life)!r}"
        except FAILURES as error:
            raise LeasesAway(away(error, _WHAT)) from None

    def standing(self, key: int, piece_ns: int, mark: int) -> Standing:
        try:
            row = self._standing(keys=[f"{self._name}{key:016x}"], args=[_piece(piece_ns), mark])
        except FAILURES as error:
            raise LeasesAway(away(error, _WHAT)) from None
        spent, held, born, seeded, frees = map(int, row)
        return Standing(spent, held, born, bool(seeded), frees)

    def seed(self, key: int, piece_ns: int, mark: int, spent: Iterable[tuple[int, int]]) -> None:
        told = [number for at_ns, amount in spent for number in (at_ns // _MS, amount)]
        try:
            self._seed(keys=[f"{self._name}{key:016x}"], args=[_piece(piece_ns), mark, *told])
        except FAILURES as error:
            raise LeasesAway(away(error, _WHAT)) from None

    def close(self) -> None:
        self._client.close()


def _names(settings: RedisSettings) -> str:
    return f"{{{settings.prefix}}}:limit:"


def _piece(piece_ns: int) -> int:
    """In milliseconds; what is no length stays."""
    return piece_ns // _MS if piece_ns > 0 else piece_ns


def _told(row: Sequence[bytes]) -> Told:
    slice, spent, held, idle, frees, tight, born = map(int, row)
    return Told(slice, spent, held, idle, frees, bool(tight), born)
