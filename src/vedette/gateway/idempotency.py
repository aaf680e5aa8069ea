"""`Idempotency-Key`: the same call sent twice is made once.

While the first is under way the second waits for it; afterwards it gets the same answer for
`KEPT_S`. Keys belong to whoever presents the credential that came with them. The same key with
another body is 422. A first call that failed on our side or the provider's (5xx, 429, broken off)
is not kept: then the next one is made.
"""

import hashlib
from collections import OrderedDict

from vedette.clock import Clock
from vedette.errors import VedetteError
from vedette.gateway.answers import ours
from vedette.gateway.exchange import Exchange
from vedette.gateway.identify import client_key
from vedette.gateway.tapes import Tape

KEY = b"idempotency-key"
KEPT_S = 600.0
TOTAL_BYTES = 67_108_864
_KEY_BYTES = 512
_LOOK_S = 3600.0
_REPLAYED = b"x-vedette-idempotent-replay: true\r\n"


class KeyReused(VedetteError):
    """The key was used for another request."""

    code = "idempotency_key_reused"
    status = 422


class Entry(Tape):
    """One key: the request it stands for and, once it is there, the answer."""

    __slots__ = ("expires", "fingerprint")

    def __init__(self, dialect: str, fingerprint: bytes) -> None:
        super().__init__(dialect)
        self.fingerprint = fingerprint
        self.expires = 0.0


class Idempotency:
    """The keys that one worker knows."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: OrderedDict[bytes, Entry] = OrderedDict()
        self._bytes = 0

    async def begin(self, exchange: Exchange, key: bytes) -> Entry | None:
        """An entry to fill with the answer; None where the call is answered (or its client has
        left). Raises KeyReused."""
        name = hashlib.sha256(client_key(exchange.request) + b"\0" + key[:_KEY_BYTES]).digest()
        path = exchange.request.target
        fingerprint = hashlib.sha256(path + b"\0" + exchange.body).digest()
        self._forget_old()
        while (entry := self._entries.get(name)) is not None:
            if entry.fingerprint != fingerprint:
                raise KeyReused("This Idempotency-Key was used for another request.")
            if not await self._finished(entry, exchange):
                return None
            if entry.is_kept:
                exchange.status = entry.status
                exchange.note("vedette.idempotent_replay", "true")
                entry.replay(exchange.response, ours(exchange) + _REPLAYED)
                return None
            if self._entries.get(name) is entry:
                del self._entries[name]
        entry = self._entries[name] = Entry(exchange.endpoint.dialect, fingerprint)
        exchange.response.tape = entry
        return entry

    def finish(self, entry: Entry, exchange: Exchange) -> None:
        """The call is over; whoever waits for it goes on."""
        entry.expires = self._clock.monotonic() + KEPT_S
        entry.close(exchange)
        self._bytes += entry.size
        self._forget_old()

    async def _finished(self, entry: Entry, exchange: Exchange) -> bool:
        """Wait for the first call; False where our client left."""
        while not entry.done and not exchange.gone:
            await exchange.pause(_LOOK_S, until=entry.waiting)
        return not exchange.gone

    def _forget_old(self) -> None:
        """Drop what is too old, and the oldest where there is too much."""
        now = self._clock.monotonic()
        for name, entry in list(self._entries.items()):
            if not entry.done:
                continue
            if entry.is_kept and now < entry.expires and self._bytes <= TOTAL_BYTES:
                break
            del self._entries[name]
            self._bytes -= entry.size
