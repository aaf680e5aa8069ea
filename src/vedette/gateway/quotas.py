"""What providers say of their own limits, and what follows before they have to refuse.

Answers carry how much of a limit is left and when all of it is back: OpenAI and many like it
(`x-ratelimit-remaining-requests`, `-tokens`), Anthropic (`anthropic-ratelimit-*`), Azure, Mistral,
and the draft of the IETF (`ratelimit-*`). Limits are those of a credential and a model.

| left | what follows |
|---|---|
| a fifth or more | nothing |
| less | routes send part of the calls to other targets, the more the less is left |
| nothing | other keys and targets come first, until enough has come back |
| nothing anywhere | calls wait for their turn, a few seconds at most |

Limits fill up all the time, so what is needed comes back before all is there. The workers of a
machine share what they hear.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from vedette.clock import Clock
from vedette.gateway.shared_health import SharedHealth

PREFIXES = (b"x-ratelimit-", b"anthropic-ratelimit-", b"ratelimit-")
LONGEST_REST_S = 60.0
"""After that one call is made to hear how it stands."""
LONGEST_WAIT_S = 5.0
"""A call that would have to wait longer goes on: then the provider decides."""
_SCARCE = 0.2
_LEAST_SHARE = 0.1
_ENOUGH = 0.05
"""So much of a limit has to be back before calls go on."""
_FEW_TOKENS = 0.02
_PERIODS = {b"second": 1.0, b"minute": 60.0, b"hour": 3600.0, b"day": 86_400.0}
_DURATION = re.compile(rb"(\d+(?:\.\d+)?)(ms|us|ns|[dhms])")
_UNITS = {
    b"d": 86_400.0,
    b"h": 3600.0,
    b"m": 60.0,
    b"s": 1.0,
    b"ms": 1e-3,
    b"us": 1e-6,
    b"ns": 1e-9,
}
_YEAR_S = 366 * 86_400.0


class Reading(NamedTuple):
    """How the tightest of a provider's limits stands."""

    left: float
    """Share of it, in [0, 1]."""
    rest_s: float
    """Until enough is back for the next call; 0: there is enough."""
    full_s: float
    """Until all of it is back."""
    per_call_s: float = 0.0
    """How long it takes until one more call is free."""


def read_quota(headers: Iterable[tuple[bytes, bytes]], now_s: float) -> Reading | None:
    """What the headers of an answer say; None where they say nothing. `now_s`: Unix time."""
    buckets: dict[bytes, dict[bytes, bytes]] = {}
    for name, value in headers:
        if name.startswith(PREFIXES):
            words = name.partition(b"ratelimit-")[2].split(b"-")
            said = next((word for word in words if word in _SAYS), b"")
            bucket = b"-".join(word for word in words if word != said)
            buckets.setdefault(bucket, {})[said] = value
    readings = [_read(name, said, now_s) for name, said in buckets.items()]
    known = [reading for reading in readings if reading is not None]
    return min(known, key=lambda one: (-one.rest_s, one.left)) if known else None


_SAYS = frozenset({b"limit", b"remaining", b"reset"})


def _read(bucket: bytes, said: dict[bytes, bytes], now_s: float) -> Reading | None:
    limit, left = _number(said.get(b"limit")), _number(said.get(b"remaining"))
    if limit is None or left is None or limit <= 0 or left < 0:
        return None
    left = min(left, limit)
    full_s = _seconds(said.get(b"reset"), now_s)
    if full_s is None:
        full_s = next((s for word, s in _PERIODS.items() if word in bucket), 60.0)
    missing = limit - left
    counts_tokens = b"token" in bucket
    is_spent = left < (_FEW_TOKENS * limit if counts_tokens else 1.0)
    rest_s = 0.0
    if is_spent and missing > 0:
        wanted = max(1.0, _ENOUGH * limit) - left
        rest_s = full_s * min(1.0, wanted / missing)
    per_call_s = full_s / missing if missing > 0 and not counts_tokens else 0.0
    return Reading(left / limit, rest_s, full_s, per_call_s)


def _number(value: bytes | None) -> float | None:
    try:
        # The draft of the IETF adds policies: `100, 100;w=60`.
        number = float(re.split(rb"[,;]", value, maxsplit=1)[0]) if value is not None else -1.0
    except ValueError:
        return None
    return number if 0 <= number < 1e15 else None


def _seconds(value: bytes | None, now_s: float) -> float | None:
    """A duration (`6m0s`, `20ms`, `12`), or a time (RFC 3339, or seconds since 1970)."""
    if value is None:
        return None
    number = _number(value)
    if number is None:
        number = sum(float(n) * _UNITS[unit] for n, unit in _DURATION.findall(value))
        if not number and b"T" in value:
            try:
                number = datetime.fromisoformat(value.decode("latin-1")).timestamp()
            except ValueError:
                return None
    if number > _YEAR_S:
        number -= now_s
    return number if 0 <= number <= _YEAR_S else None


class SharedQuotas(SharedHealth):
    """The page of memory that the workers of a machine share."""

    _CELLS = 2048
    SIZE = _CELLS * 16


class Quota:
    """How one credential stands with one model; `shared` tells the other workers."""

    __slots__ = ("_cells", "_name", "_next", "_per_call_s", "_shared", "full_at", "left", "until")

    def __init__(self, shared: SharedQuotas | None = None, name: str = "") -> None:
        self.left = 1.0
        self.until = self.full_at = 0.0
        self._next = self._per_call_s = 0.0
        self._name = name
        self._shared = shared
        self._cells: tuple[int, ...] = ()
        self._find(only_looks=True)

    def note(self, reading: Reading, now: float) -> None:
        """The provider said how it stands."""
        self.left = reading.left
        self.full_at = now + reading.full_s
        self.until = now + min(reading.rest_s, LONGEST_REST_S) if reading.rest_s else 0.0
        self._per_call_s = reading.per_call_s
        self._write()

    def refused(self, now: float, wait_s: float) -> None:
        """The provider refused a call and said for how long."""
        self.left, self.until = 0.0, now + min(wait_s, LONGEST_REST_S)
        self.full_at = max(self.full_at, self.until)
        self._write()

    def is_spent(self, now: float) -> bool:
        """Whether a call now would be refused."""
        if self._cells and self._shared is not None:
            self.until = self._shared.read(self._cells[0])
        return self.until > now

    def share(self, now: float) -> float:
        """In (0, 1]: how much of its usual load it should get."""
        self.look()
        if self.left >= _SCARCE or now >= self.full_at:
            return 1.0
        return max(_LEAST_SHARE, self.left / _SCARCE)

    def look(self) -> None:
        """Hear what other workers know."""
        if self._cells and self._shared is not None:
            self.until, said, self.full_at = map(self._shared.read, self._cells)
            # 0 is where nobody said anything.
            self.left = said - 1.0 if said else 1.0

    def turn_s(self, now: float) -> float:
        """How long the next call should wait; 0 also where that would be too long."""
        if not self.is_spent(now):
            return 0.0
        at = max(self.until, self._next)
        if at - now > LONGEST_WAIT_S:
            return 0.0
        self._next = at + self._per_call_s
        return at - now

    def _find(self, *, only_looks: bool) -> None:
        """Its places in the page; clients name models, so only what was heard of gets some."""
        if self._shared is not None:
            cells = [self._shared.cell(f"{self._name}#{what}", only_looks) for what in _SHARED]
            self._cells = tuple(cells) if min(cells) >= 0 else ()

    def _write(self) -> None:
        if not self._cells:
            self._find(only_looks=False)
        if self._cells and self._shared is not None:
            values = (self.until, self.left + 1.0, self.full_at)
            for cell, value in zip(self._cells, values, strict=True):
                self._shared.write(cell, value)


_SHARED = ("until", "left", "full")


def note_quota(quota: Quota, headers: list[tuple[bytes, bytes]], now: float, clock: Clock) -> None:
    """Take what an answer says of its provider's limits, where it says something."""
    for name, _ in headers:
        if name.startswith(PREFIXES):
            reading = read_quota(headers, clock.now_ns() / 1e9)
            if reading is not None:
                quota.note(reading, now)
            return


def quota_name(provider: str, model: str, key: int) -> str:
    """What a quota is called in the shared page."""
    return f"{provider}/{model}#{key}"
