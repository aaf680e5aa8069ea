"""Kept answers, as operators see them: figures, and forgetting."""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from vedette.access.files import replace_file
from vedette.api.cache_shapes import CacheStats
from vedette.app.answers import PURGES
from vedette.clock import Clock
from vedette.errors import StoreError
from vedette.gateway.meters import CACHE, CACHE_BYTES, CACHE_SAVED, CACHE_SIZE
from vedette.gateway.purging import read_purges
from vedette.metrics import Labels, Sample
from vedette.model.purge import Purge
from vedette.model.settings import CoreSettings
from vedette.ports.stores import CacheView
from vedette.query.money import format_usd

log = logging.getLogger(__name__)

KEPT_S = 3600.0
"""How long a purge is told: workers look every second, and a new one has nothing to forget."""


class CacheDesk:
    """Thread-safe; may block."""

    def __init__(
        self, settings: Callable[[], CoreSettings], clock: Clock,
        samples: Callable[[], Mapping[tuple[str, Labels], Sample]],
    ) -> None:  # fmt: skip
        self._settings = settings
        self._clock = clock
        self._samples = samples
        self._lock = threading.Lock()
        self._view = _open(settings())

    def stats(self) -> CacheStats:
        """What the workers here said last, and what machines share. Raises StoreError."""
        shared = self._view.usage() if self._view is not None else (None, None)
        settings = self._settings().routing.cache
        return CacheStats(
            enabled=settings.enabled,
            hits=int(self._value(CACHE.name, ("hit",))),
            misses=int(self._value(CACHE.name, ("miss",))),
            saved_usd=format_usd(round(self._value(CACHE_SAVED.name) * 1e9)) or "0.000000",
            answers=int(self._value(CACHE_SIZE.name)),
            bytes=int(self._value(CACHE_BYTES.name)),
            shared_answers=shared[0],
            shared_bytes=shared[1],
        )

    def purge(self, purge: Purge) -> int | None:
        """Have answers forgotten; how many of those that machines share, None where they do not.

        Workers forget theirs within a second or two. Raises StoreError.
        """
        with self._lock:
            told = [*self._told(), purge]
            content = msgspec.msgpack.encode(told)
            path = self._settings().routing.purges_file
            if path:
                try:
                    replace_file(Path(path), content)
                except OSError as error:
                    raise StoreError(f"Workers cannot be told: {error.strerror}.") from None
            if self._view is None:
                return None
            # First the others are told: else what they still keep could come back.
            self._view.put(PURGES, content, ttl_s=KEPT_S)
            return self._view.purge(purge.labels)

    def close(self) -> None:
        if self._view is not None:
            self._view.close()

    def _told(self) -> list[Purge]:
        path, oldest_ns = self._settings().routing.purges_file, self._clock.now_ns()
        oldest_ns -= round(KEPT_S * 1e9)
        with suppress(OSError):
            purges = read_purges(Path(path).read_bytes()) if path else ()
            return [purge for purge in purges if purge.at_ns > oldest_ns]
        return []

    def _value(self, family: str, labels: Labels = ()) -> float:
        sample = self._samples().get((family, labels))
        return sample.value if sample is not None else 0.0


def _open(settings: CoreSettings) -> CacheView | None:
    if settings.redis is None:
        return None
    # Only who wants it needs its client.
    from vedette.stores.cache.redis import RedisCacheView

    return RedisCacheView(settings.redis)
