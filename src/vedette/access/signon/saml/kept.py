"""What is kept of assertions: the answer until its browser comes for it, the id until it is old.

A restart forgets both: whoever is on his way begins again, and an assertion that was shown before
still needs the cookie of the browser that asked for it. Where nobody asked there is none, so what
was made before the start counts no more.
"""

import base64
import threading
from hashlib import sha256

import msgspec

from vedette.access.issuing import Chance
from vedette.access.signon.refusals import SignOnRefused, SignOnStale
from vedette.access.signon.saml.said import Said
from vedette.access.signon.saml.times import SKEW_S
from vedette.clock import Clock

WAIT_S = 120
MOST_ANSWERS = 2_000
MOST_USED = 50_000


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A verified assertion on its way."""

    provider: str
    issuer: str
    recipient: str
    said: Said
    next: str = "/"
    """Page to go to, where nobody asked."""


class Answers:
    """Each can be taken once, by whoever has its ticket. Thread-safe."""

    def __init__(self, clock: Clock, chance: Chance) -> None:
        self._clock = clock
        self._chance = chance
        self._lock = threading.Lock()
        self._kept: dict[bytes, tuple[float, Answer]] = {}

    def keep(self, answer: Answer) -> str:
        """Its ticket. Raises SignOnRefused while too many are kept."""
        ticket = base64.urlsafe_b64encode(self._chance(32)).decode().rstrip("=")
        now_s = self._clock.monotonic()
        with self._lock:
            self._kept = {key: one for key, one in self._kept.items() if one[0] > now_s}
            if len(self._kept) >= MOST_ANSWERS:
                raise SignOnRefused("Too many people log in at once.")
            self._kept[_key(ticket)] = (now_s + WAIT_S, answer)
        return ticket

    def take(self, ticket: str) -> Answer:
        """Raises SignOnStale where there is none, or none any more."""
        with self._lock:
            until_s, answer = self._kept.pop(_key(ticket), (0.0, None))
        if answer is None or until_s <= self._clock.monotonic():
            raise SignOnStale("There is no answer of a provider for this log-in, or no more.")
        return answer


class Used:
    """Ids of assertions that were shown. Thread-safe."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._until_s: dict[tuple[str, str], float] = {}
        self._began_s = clock.now_ns() / 1e9

    def use(self, issuer: str, id: str, until_s: float) -> None:
        """Raises SignOnRefused the second time, and while too many are remembered."""
        now_s = self._clock.now_ns() / 1e9
        key = (issuer, id)
        with self._lock:
            if self._until_s.get(key, 0.0) > now_s:
                raise SignOnRefused("This assertion was used before.")
            if len(self._until_s) >= MOST_USED:
                self._until_s = {one: end for one, end in self._until_s.items() if end > now_s}
            if len(self._until_s) >= MOST_USED:
                raise SignOnRefused("Too many people log in at once.")
            self._until_s[key] = until_s

    def check_remembered(self, made_s: float) -> None:
        """Raises SignOnRefused for what was made when a use of it may be forgotten."""
        if made_s < self._began_s + SKEW_S:
            raise SignOnRefused(
                "The assertion answers no request, and was made before, or in the minute after, "
                "the console was started. Begin again."
            )


def _key(ticket: str) -> bytes:
    return sha256(ticket.encode(errors="replace")).digest()
