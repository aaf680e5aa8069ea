"""What others said lately: the same question is not asked, nor paid for, twice in a row."""

import hashlib
import threading
from collections import OrderedDict
from typing import Generic, TypeVar

from vedette.clock import Clock, SystemClock

MOST = 2_048

Said = TypeVar("Said")


class Memory(Generic[Said]):
    """Answers by the digest of their question; safe to use from several threads."""

    def __init__(self, ttl_s: float, clock: Clock | None = None) -> None:
        self._ttl_s = ttl_s
        self._clock = clock or SystemClock()
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, tuple[float, Said]] = OrderedDict()

    def recall(self, key: bytes) -> Said | None:
        """What was said, if that is not too long ago."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            until, said = found
            if until < self._clock.monotonic():
                del self._kept[key]
                return None
            return said

    def keep(self, key: bytes, said: Said) -> None:
        if self._ttl_s <= 0:
            return
        with self._lock:
            self._kept[key] = (self._clock.monotonic() + self._ttl_s, said)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


def digest(*parts: str) -> bytes:
    """The key of a question."""
    hashed = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "replace")
        hashed.update(b"%d:" % len(raw))
        hashed.update(raw)
    return hashed.digest()
