"""Several keys of one provider: used in turn, left out while the provider refuses them."""

from collections.abc import Sequence

from vedette.gateway.quotas import Quota
from vedette.ports.provider import Provider

_REFUSED_S = 300.0
_BUSY_S = 30.0
_LONGEST_S = 3600.0
ROTATES = frozenset({401, 403, 429})
"""Statuses that another key may mend."""


class KeyRing:
    """One provider object for each key; all alike but for the credential."""

    __slots__ = ("_dead_until", "_next", "providers")

    def __init__(self, providers: Sequence[Provider]) -> None:
        self.providers = tuple(providers)
        self._dead_until = [0.0] * len(self.providers)
        self._next = 0

    def pick(self, now: float, quotas: Sequence[Quota] = ()) -> int:
        """The key whose turn it is, and that has something left of the provider's limits; a dead
        one only where all are, the one dead longest."""
        count = len(self.providers)
        if count == 1:
            return 0
        spent = -1
        for step in range(count):
            index = (self._next + step) % count
            if self._dead_until[index] <= now:
                if not (quotas and quotas[index].is_spent(now)):
                    self._next = index + 1
                    return index
                if spent < 0 or quotas[index].until < quotas[spent].until:
                    spent = index
        if spent >= 0:
            return spent
        return min(range(count), key=lambda index: self._dead_until[index])

    def refused(self, index: int, status: int, now: float, wait_s: float | None) -> bool:
        """Leave this key out for a while; True where another one may be tried now."""
        if len(self.providers) == 1:
            return False
        rest_s = _REFUSED_S if status != 429 else _BUSY_S if wait_s is None else wait_s
        self._dead_until[index] = now + min(rest_s, _LONGEST_S)
        return any(until <= now for until in self._dead_until)

    def accepted(self, index: int) -> None:
        """The key works (again)."""
        self._dead_until[index] = 0.0
