"""The kept answers of a worker: what machines share of them, and what is to be forgotten."""

import logging
from contextlib import suppress

from vedette.clock import Clock
from vedette.errors import StoreError
from vedette.gateway.caching import ResponseCache
from vedette.gateway.purging import PurgeFile, read_purges
from vedette.gateway.sharing import SharedAnswers
from vedette.model.settings import GatewaySettings
from vedette.tasks import Tasks

log = logging.getLogger(__name__)

PURGES = "purges"
"""Under this name the shared cache says which answers are to be forgotten."""


class Answers:
    """Made once per worker."""

    def __init__(self, settings: GatewaySettings, clock: Clock, tasks: Tasks) -> None:
        """Raises ConfigError where the client for the shared cache is missing."""
        self._file = PurgeFile(settings.purges_file) if settings.purges_file else None
        self._seen = b""
        self._threshold: float | None = None
        self.shared: SharedAnswers | None = None
        if settings.redis is not None:
            # Only who wants it needs its client.
            from vedette.stores.cache.redis import RedisCache

            most = settings.cache.shared_max_bytes
            cache = RedisCache(settings.redis, clock, max_bytes=most)
            self.shared = SharedAnswers(cache, clock, tasks)

    def equip(self, cache: ResponseCache) -> None:
        """Give the cache of a worker all that it can use."""
        cache.shared = self.shared
        threshold = cache.settings.semantic_threshold
        if threshold == self._threshold:
            return
        self._threshold = threshold
        if threshold is None:
            cache.meanings = None
            return
        # numpy is an eighth of what a worker loads: only for who compares by meaning.
        from vedette.drift.semantic import find_embedder
        from vedette.gateway.semantic import Meanings

        embedder = find_embedder()
        if embedder is None:
            log.warning("questions are not compared by meaning: pip install 'vedette[semantic]'")
            return
        cache.meanings = Meanings(embedder.sketch, threshold)

    async def look(self, cache: ResponseCache) -> None:
        """Do what is said; to be called every second."""
        self.equip(cache)
        if self._file is not None:
            cache.obey(self._file.changed())
        if self.shared is None or not cache.settings.enabled:
            return
        await self.shared.renew()
        with suppress(StoreError):
            said = await self.shared.cache.get(PURGES) or b""
            if said != self._seen:
                self._seen = said
                cache.obey(read_purges(said))

    async def close(self) -> None:
        if self.shared is not None:
            await self.shared.cache.close()
